// What is said of a run afterwards: its records gone, nothing left to resume, a source that is another by now.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cli, openCli } from '../support/cli.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let cli: Cli;
let source: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  cli = openCli();
  source = await freshDatabase('sqlite');
  target = await freshDatabase('sqlite');
  await source.run("CREATE TABLE a (id integer PRIMARY KEY, v text); INSERT INTO a VALUES (1, 'x'), (2, 'y')");
  await target.run('CREATE TABLE a (id integer PRIMARY KEY); INSERT INTO a VALUES (9)');
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  cli.close();
});

async function migrated(...options: string[]): Promise<string> {
  const { finished } = await cli.run([
    'migrate',
    source.url,
    target.url,
    '--yes',
    '--mode',
    'replace',
    ...options,
    '--json',
  ]);
  expect(finished).not.toBeNull();
  return finished!.run;
}

async function refusal(...args: string[]): Promise<Record<string, unknown>> {
  const { error, status, stderr } = await cli.run([...args, ...(args[0] === 'report' ? [] : ['--json'])]);
  if (error) return { ...error, status };
  return { status, stderr };
}

describe('a run whose folder is gone', () => {
  it('says so, with the command that clears what it has left in the target', async () => {
    const run = await migrated();
    rmSync(join(cli.folder, 'home', 'runs', run), { recursive: true });
    const gone = {
      code: 'run.records-gone',
      cause: expect.stringContaining('There is no migration_plan.json in'),
      command: `drover clean ${run} --target ${target.url}`,
      status: 2,
    };
    expect(await refusal('rollback', run, '--yes')).toMatchObject(gone);
    expect(await refusal('clean', run, '--yes')).toMatchObject(gone);
    expect(await refusal('quarantine', run)).toMatchObject(gone);
    const { stderr } = await refusal('report', run);
    expect(stderr).toContain('The records of run');
    expect(stderr).toContain(`drover clean ${run} --target`);
    expect((await cli.run(['clean', run, '--target', target.url, '--yes'])).status).toBe(0);
    expect(await target.ask("SELECT name FROM sqlite_schema WHERE name LIKE 'drover%'")).toEqual([]);
  });

  it('is rolled back by its target alone where it was held', async () => {
    const run = await migrated('--hold');
    rmSync(join(cli.folder, 'home', 'runs', run), { recursive: true });
    const gone = { code: 'run.records-gone', command: `drover rollback ${run} --target ${target.url}` };
    expect(await refusal('publish', run)).toMatchObject(gone);
    expect(await refusal('rollback', run)).toMatchObject(gone);
    expect((await cli.run(['rollback', run, '--target', target.url, '--yes'])).status).toBe(0);
    expect(await target.ask('SELECT * FROM a')).toEqual([['9']]);
  });
});

it('publish of a run that is over says what it is, and what is possible', async () => {
  const run = await migrated();
  expect(await refusal('publish', run)).toMatchObject({
    code: 'run.not-resumable',
    message: `Run ${run} is published already; there is nothing to publish.`,
    command: `drover rollback ${run}`,
  });
  await cli.run(['rollback', run, '--yes']);
  expect(await refusal('resume', run)).toMatchObject({
    message: `Run ${run} was published and then rolled back; there is nothing to resume.`,
  });
});

it('resume names publish where the only open run is a held one', async () => {
  const run = await migrated('--hold');
  expect(await refusal('resume')).toMatchObject({ code: 'run.no-such-run', command: `drover publish ${run}` });
});

it('a source of another structure is refused with the way back, which the list of runs tells too', async () => {
  const first = cli.run(['migrate', source.url, target.url, '--yes', '--mode', 'replace', '--json'], {
    onRecord: (record, signal) => {
      if (record.kind === 'step' && record.step === 'index' && record.state === 'running') signal('SIGKILL');
    },
  });
  const started = (await first).records.find(({ kind }) => kind === 'started');
  const run = String(started?.run);
  await source.run('ALTER TABLE a ADD COLUMN w text');
  expect(await refusal('resume', run)).toMatchObject({
    code: 'run.source-changed',
    hint: 'Roll this run back, make the plan again, and look at what is different.',
    command: `drover rollback ${run}`,
    status: 4,
  });
  const { stdout } = await cli.run(['resume', run]);
  expect(stdout).toContain("It can't go on as planned. To get back to before: drover rollback");
  expect((await cli.run(['runs'])).stdout).toContain(
    'The last try to go on failed: The structure of the source changed since the plan was made.',
  );
  expect((await cli.run(['rollback', run])).status).toBe(0);
  expect(await target.ask('SELECT * FROM a')).toEqual([['9']]);
});

it('rows written since name the option on the command line alone', async () => {
  const run = await migrated();
  await target.run("INSERT INTO a VALUES (3, 'z')");
  expect(await refusal('rollback', run, '--yes')).toMatchObject({
    code: 'run.changed-since',
    hint: expect.not.stringContaining('--'),
    command: `drover rollback ${run} --keep-newer`,
  });
});
