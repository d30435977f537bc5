// Several sources of one table, after the run: rows kept aside are replayed for the source they are of, and what was
// changed in the target is found by table, key and column, whichever source the row came from.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { QuarantinedRow } from '../../src/shared/model/quarantine.ts';
import type { Report } from '../../src/shared/model/report.ts';
import { type Cli, type CliResult, openCli } from '../support/cli.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { objectsOfRun } from '../support/leaks.ts';

const SOURCE = `
CREATE TABLE eu (id integer PRIMARY KEY, name varchar(40), mail varchar(40), vat varchar(9));
INSERT INTO eu VALUES (1, 'Ada', 'ada@b.cd', 'GB1'), (2, 'Kurt', 'kurt at b.cd', NULL);
CREATE TABLE us (id integer PRIMARY KEY, person varchar(40), mail varchar(40));
INSERT INTO us VALUES (11, 'Grace', 'grace@b.cd'), (12, 'Alonzo', 'alonzo at b.cd'), (13, 'Haskell', 'nowhere');
`;

let cli: Cli;
let source: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  cli = openCli();
  source = await freshDatabase('mariadb');
  target = await freshDatabase('postgres');
  await source.run(SOURCE);
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  cli.close();
});

test('each source has its own rows in quarantine and in the retry; differences name the row', async () => {
  const file = await mapped();
  const first = await run(['run', file, '--yes', '--json']);
  expect(first.status, first.stderr).toBe(3);
  const id = first.finished?.run ?? '';
  expect(reportOf(first).tables).toMatchObject([
    {
      target: 'person',
      sourceRows: 2,
      quarantined: 3,
      equal: true,
      feeds: [
        { source: 'eu', rows: 1, quarantined: 1 },
        { source: 'us', rows: 1, quarantined: 2 },
      ],
    },
  ]);
  expect(await kept(id)).toEqual([
    ['eu', '2', null],
    ['us', '12', null],
    ['us', '13', null],
  ]);

  edit(file, ({ tables }) => {
    for (const { columns } of tables) {
      columns.find((each) => each.target === 'mail')!.steps = [
        { do: 'replace', find: ' at ', with: '@' },
        { do: 'email' },
      ];
    }
  });
  const again = await run(['retry', id, '--project', file, '--yes', '--json']);
  expect(again.status, again.stderr).toBe(3);
  const by = again.finished?.run ?? '';
  expect(await kept(id)).toEqual([
    ['eu', '2', by],
    ['us', '12', by],
    ['us', '13', null],
  ]);
  expect(await target.ask('SELECT id, name, mail, vat FROM person ORDER BY id')).toEqual([
    ['1', 'Ada', 'ada@b.cd', 'GB1'],
    ['2', 'Kurt', 'kurt@b.cd', null],
    ['11', 'Grace', 'grace@b.cd', null],
    ['12', 'Alonzo', 'alonzo@b.cd', null],
  ]);

  await target.run("UPDATE person SET name = 'Greta' WHERE id = 11; DELETE FROM person WHERE id = 1");
  const compared = await run(['verify', file, '--json']);
  expect(compared.status, compared.stderr).toBe(1);
  const { differences } = (JSON.parse(compared.stdout.trim().split('\n').at(-1)!) as Report).tables[0]!;
  expect(differences.toSorted((a, b) => Number(a.key.id) - Number(b.key.id))).toMatchObject([
    { table: 'person', kind: 'missing', key: { id: '1' } },
    { table: 'person', kind: 'changed', key: { id: '11' }, column: 'name', source: 'Grace', target: 'Greta' },
  ]);
  await objectsOfRun(target, by, { drop: true });
});

async function mapped(): Promise<string> {
  const file = join(cli.folder, 'people.drover.json');
  expect((await run(['map', source.url, target.url, '-o', file])).status).toBe(0);
  edit(file, (project) => {
    const us = project.tables.find((each) => each.source === 'us')!;
    us.joins = true;
    us.columns.find((each) => each.source === 'person')!.target = 'name';
    for (const table of project.tables) {
      table.target = 'person';
      table.columns.find((each) => each.source === 'mail')!.steps = [{ do: 'email' }];
    }
    project.errors = { onError: 'quarantine', percent: 90 };
  });
  return file;
}

function edit(file: string, change: (project: Project) => void): void {
  const project = JSON.parse(readFileSync(file, 'utf8')) as Project;
  change(project);
  writeFileSync(file, JSON.stringify(project));
}

function run(args: readonly string[]): Promise<CliResult> {
  return cli.run([...args], { sourcePassword: source.password, targetPassword: target.password });
}

function reportOf({ finished }: CliResult): Report {
  return JSON.parse(readFileSync(join(finished?.folder ?? '', 'verification_report.json'), 'utf8')) as Report;
}

async function kept(id: string): Promise<unknown[]> {
  const { stdout } = await cli.run(['quarantine', id, '--json']);
  const lines = stdout.split('\n').filter(Boolean);
  const rows = lines.map((line) => JSON.parse(line) as QuarantinedRow);
  return rows.map(({ source: from, values, resolvedBy }) => [from, values.id, resolvedBy]).sort();
}
