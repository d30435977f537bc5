// The audit log against what the server itself has seen: every statement of the run that changes something is in it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/shared/model/run.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, migrate, openHost, type TestHost } from '../support/engine.ts';

const SOURCE = `
  CREATE TABLE owners (id integer PRIMARY KEY, name varchar(20) NOT NULL UNIQUE);
  CREATE TABLE dogs (id integer PRIMARY KEY, owner integer NOT NULL REFERENCES owners (id), name varchar(20));
  CREATE INDEX dogs_name ON dogs (name);
  INSERT INTO owners VALUES (1, 'Ada'), (2, 'Bob');
  INSERT INTO dogs VALUES (1, 1, 'Rex'), (2, 2, 'Fifi'), (3, 2, 'Lupo');
`;
const STANDING = 'CREATE TABLE owners (id integer PRIMARY KEY); INSERT INTO owners VALUES (7)';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

async function prepared(server: 'postgres' | 'mariadb' | 'sqlite'): Promise<{
  host: TestHost;
  source: TestDatabase;
  target: TestDatabase;
}> {
  const host = openHost();
  const source = await freshDatabase('sqlite');
  const target = await freshDatabase(server);
  open.push(host.close, source.drop, target.drop);
  await source.run(SOURCE);
  await target.run(STANDING);
  return { host, source, target };
}

async function auditOf(host: TestHost, run: string): Promise<AuditEntry[]> {
  return host.call('run.audit', { run });
}

describe.each(['postgres', 'mariadb'] as const)('into %s', (server) => {
  it('every statement that the server saw is in it, with step, object and outcome', async () => {
    const { host, source, target } = await prepared(server);
    const watched = server === 'postgres' ? await watchPostgres(target) : await watchMariadb(target);
    const published = async () => {
      const { finished } = await migrate(host, source, target, { mode: 'replace' });
      expect(finished).toMatchObject({ state: 'published' });
      return finished!.run;
    };
    const first = await published();
    await host.call('run.rollback', { run: first, target: endpointOf(target), keepNewer: false });
    const second = await published();
    await host.call('run.clean', { run: second, target: endpointOf(target) });

    const seen = await watched([first, second]);
    expect(seen.length).toBeGreaterThan(20);
    const entries = [...(await auditOf(host, first)), ...(await auditOf(host, second))];
    const known = entries.filter(({ object }) => object !== undefined).map(({ detail }) => flat(detail ?? ''));
    expect(seen.filter((sql) => !known.some((detail) => within(detail, sql)))).toEqual([]);
    for (const { at, run, step, state } of entries) expect([at, run, step, state]).not.toContain(undefined);
    const moved = entries.find(({ detail, step }) => step === 'publish' && /(SET SCHEMA|RENAME TABLE)/.test(detail!));
    expect(moved).toMatchObject({ state: 'done', object: expect.stringMatching(/owners|dogs/) });
  });
});

describe('the audit log', () => {
  it('tells chunks with table, range, rows and outcome, and who agreed', async () => {
    const { host, source, target } = await prepared('sqlite');
    const { finished } = await migrate(host, source, target, { mode: 'replace', consent: 'typed' });
    const { run } = finished!;
    const audit = await auditOf(host, run);
    expect(
      audit.filter(({ detail }) => /^chunk 0 of \w+.*: [23] rows, \d+ bytes, digest \w+/.test(detail ?? '')),
    ).toEqual([
      expect.objectContaining({ step: 'load', state: 'done', object: 'dogs' }),
      expect.objectContaining({ step: 'load', state: 'done', object: 'owners' }),
    ]);
    expect(audit[0]?.detail).toMatch(/^begun by process \d+ on .+, confirmed by the typed name of the target$/);
    expect(audit.at(-1)).toMatchObject({ step: 'finish', state: 'done', detail: 'the run ends: published' });
    const renamed = audit.filter(({ detail }) =>
      /^UPDATE main.sqlite_schema SET name = '(\w+)', tbl_name = '\1'/.test(detail!),
    );
    expect(renamed.map(({ object }) => object)).toEqual([expect.stringMatching(/_b_owners$/), 'dogs', 'owners']);

    await host.call('run.rollback', { run, target: endpointOf(target), keepNewer: false, consent: 'option' });
    const after = (await auditOf(host, run)).filter(({ state }) => /compens/.test(state));
    expect(after.map(({ detail }) => detail?.replace(/process .+?,/, 'P,'))).toEqual([
      'rolling back what was published (dogs, owners), by P, confirmed by --yes',
      'rolled back after publishing: 1 table restored (owners), 1 table removed (dogs)',
    ]);
  });

  it('of a rehearsal holds what the target held before and after', async () => {
    const { host, source, target } = await prepared('postgres');
    const { finished } = await migrate(host, source, target, { mode: 'replace', options: { rehearse: true } });
    const compared = (await auditOf(host, finished!.run)).filter(({ detail }) => /the rehearsal/.test(detail ?? ''));
    expect(
      compared.map(({ object, state, detail }) => [object, state, detail?.replaceAll(/[0-9a-f-]{10,}/g, 'D')]),
    ).toEqual([
      ['the structure', 'done', 'D before the rehearsal, D after it: the same'],
      ['owners', 'done', '1 row, D before the rehearsal, 1 row, D after it: the same'],
      [undefined, 'done', '2 of 2 digests as before the rehearsal'],
    ]);
  });

  it('tells what was undone with its transaction as undone', async () => {
    const { host, source, target } = await prepared('postgres');
    await target.run('CREATE TABLE late (id integer PRIMARY KEY)');
    const { finished } = await migrate(host, source, target, {
      mode: 'replace',
      edit: (project) => project,
      options: { hold: true },
    });
    const { run } = finished!;
    // Somebody makes what is to be published by hand: the exchange fails in the middle.
    await target.run(`CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF current_query() LIKE '%SET SCHEMA "public"%' THEN RAISE EXCEPTION 'not today'; END IF; END $$;
      CREATE EVENT TRIGGER no ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION no()`);
    const pair = { source: endpointOf(source), target: endpointOf(target) };
    const again = host.stream(
      'run.again',
      { run, ...pair, takeOver: false, publish: true },
      new AbortController().signal,
    );
    for await (const _ of again);
    await target.run('DROP EVENT TRIGGER no');
    const audit = await auditOf(host, run);
    const ofPublish = audit.filter(({ step, object }) => step === 'publish' && object?.includes('owners'));
    expect(ofPublish.map(({ state }) => state)).toEqual(expect.arrayContaining(['running', 'failed', 'undone']));
    expect(readFileSync(join(finished!.folder, 'audit.ndjson'), 'utf8')).toContain('not today');
    await host.call('run.rollback', { run, target: endpointOf(target), keepNewer: false });
  });
});

/** Every command of the schema, as the server tells its triggers. */
async function watchPostgres(target: TestDatabase): Promise<() => Promise<string[]>> {
  await target.run(`
    CREATE SCHEMA watch;
    CREATE TABLE watch.seen (id bigint GENERATED ALWAYS AS IDENTITY, sql text);
    CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO watch.seen (sql) VALUES (current_query()); END $$;
    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch.note();`);
  return async () => {
    const rows = await target.ask('SELECT sql FROM watch.seen ORDER BY id');
    await target.run('DROP EVENT TRIGGER watch');
    return rows.flatMap(([sql]) => String(sql).split(/;\s*\n/)).map(flat);
  };
}

/** The server's general log (other tests' runs write into it too), but for sessions that load chunks. */
async function watchMariadb(target: TestDatabase): Promise<(runs: readonly string[]) => Promise<string[]>> {
  // Whatever becomes of the test, the server is not left writing for all the others.
  open.push(() => target.run("SET GLOBAL general_log = 0; SET GLOBAL log_output = 'FILE'"));
  await target.run("SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = 1");
  return async (runs) => {
    await target.run('SET GLOBAL general_log = 0');
    const rows = await target.ask(
      `SELECT argument FROM mysql.general_log
       WHERE command_type = 'Query' AND argument REGEXP '^(CREATE|ALTER|DROP|RENAME|INSERT|UPDATE|DELETE|GRANT)'
         AND thread_id NOT IN (SELECT thread_id FROM mysql.general_log WHERE argument LIKE 'INSERT INTO%drover_ledger%VALUES%')
         AND argument REGEXP 'drover_(${runs.join('|')})'`,
    );
    return rows.map(([sql]) => flat(String(sql)));
  };
}

function flat(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').replace(/;$/, '').trim();
}

/** One statement that moves or drops many tables is told table by table. */
function within(detail: string, sql: string): boolean {
  const told = detail.replace(/ \(one of \d+ in one statement\)$/, '');
  if (told === sql) return true;
  const [, act, tables] = /^((?:RENAME|DROP) TABLE (?:IF EXISTS )?)(.*)$/.exec(told) ?? [];
  return act !== undefined && sql.startsWith(act) && sql.includes(tables!);
}
