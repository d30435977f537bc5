// Where exchanging rows could go wrong unseen: triggers with a will of their own, values that others refer to, keys that are
// looked at too late. Nothing is published then, or all of it comes back.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import {
  endpointOf,
  type Migration,
  type MigrationOptions,
  migrate,
  openHost,
  type TestHost,
} from '../support/engine.ts';

/** What keeps `p` in its place and does nothing else. */
const STUCK = {
  mariadb: 'CREATE TRIGGER quiet AFTER UPDATE ON p FOR EACH ROW SET @seen = NEW.id;',
  postgres: 'CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM p;',
};

describe.each(['mariadb', 'postgres'] as const)('refilling on %s', (server) => {
  let host: TestHost;
  let source: TestDatabase;
  let there: TestDatabase;
  beforeEach(async () => {
    host = openHost();
    source = await freshDatabase('sqlite');
    there = await freshDatabase(server);
  });
  afterEach(async () => {
    await source.drop();
    await there.drop();
    host.close();
  });

  const run = (options: MigrationOptions = {}): Promise<Migration> =>
    migrate(host, source, there, { mode: 'replace', ...options });
  const publishedAndBack = async (rows: string, wanted: unknown): Promise<void> => {
    const before = await dump(there);
    const { finished, errors, plan } = await run();
    expect(finished?.state, JSON.stringify([errors, plan.findings])).toBe('published');
    expect(await there.ask(rows)).toEqual(wanted);
    await host.call('run.rollback', { run: finished!.run, target: endpointOf(there), keepNewer: false });
    expect(await dump(there)).toBe(before);
  };
  const refused = async (error: object): Promise<void> => {
    const before = await dump(there);
    const { finished, errors, plan } = await run();
    expect(finished?.state, JSON.stringify(plan.findings)).toBe('rolled back');
    expect(errors[0]).toMatchObject(error);
    expect(await dump(there)).toBe(before);
  };

  it.each(['ON DELETE CASCADE', 'ON DELETE SET NULL', ''])(
    'lets no row outside go that refers to a value which moves to another row (%s)',
    async (action) => {
      await source.run(
        "CREATE TABLE p (id int PRIMARY KEY, code varchar(9)); INSERT INTO p VALUES (1, 'k'), (2, 'old')",
      );
      await there.run(`CREATE TABLE p (id int PRIMARY KEY, code varchar(9) UNIQUE); INSERT INTO p VALUES (3, 'old');
        CREATE TABLE o (code varchar(9), CONSTRAINT o_code FOREIGN KEY (code) REFERENCES p (code) ${action});
        INSERT INTO o VALUES ('old'); ${STUCK[server]}`);
      await refused({ code: 'verify.stranded' });
    },
  );

  it('tells of a value that changes under rows outside', async () => {
    await source.run("CREATE TABLE p (id int PRIMARY KEY, code varchar(9)); INSERT INTO p VALUES (1, 'new')");
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, code varchar(9) UNIQUE); INSERT INTO p VALUES (1, 'old');
      CREATE TABLE o (code varchar(9), CONSTRAINT o_code FOREIGN KEY (code) REFERENCES p (code));
      INSERT INTO o VALUES ('old'); ${STUCK[server]}`);
    await refused({ code: 'verify.stranded', message: expect.stringContaining('(foreign key o_code)') });
  });

  it('changes a value that another table of the run refers to', async () => {
    await source.run(`CREATE TABLE p (id int PRIMARY KEY, code varchar(9)); INSERT INTO p VALUES (1, 'new');
      CREATE TABLE q (id int PRIMARY KEY, code varchar(9)); INSERT INTO q VALUES (1, 'new')`);
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, code varchar(9) UNIQUE); INSERT INTO p VALUES (1, 'old');
      CREATE TABLE q (id int PRIMARY KEY, code varchar(9), FOREIGN KEY (code) REFERENCES p (code));
      INSERT INTO q VALUES (1, 'old'); ${STUCK[server]}`);
    await publishedAndBack('SELECT code FROM q', [['new']]);
  });

  it('gives no row a parent that is not there, also where the table refers to itself', async () => {
    await source.run(
      'CREATE TABLE p (id int PRIMARY KEY, boss int, c int); INSERT INTO p VALUES (1, NULL, 1), (2, 1, 99)',
    );
    await there.run(`CREATE TABLE c (id int PRIMARY KEY); INSERT INTO c VALUES (1);
      CREATE TABLE p (id int PRIMARY KEY, boss int, c int, FOREIGN KEY (boss) REFERENCES p (id), FOREIGN KEY (c) REFERENCES c (id));
      INSERT INTO p VALUES (1, NULL, 1); ${STUCK[server]}`);
    await refused({ code: 'publish.failed', where: { table: 'p' } });
  });

  it('publishes nothing that a unique value which changes hands would keep from coming back', async () => {
    await source.run("CREATE TABLE p (id int PRIMARY KEY, u varchar(9)); INSERT INTO p VALUES (1, 'c'), (2, 'a')");
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, u varchar(9) UNIQUE);
      INSERT INTO p VALUES (1, 'a'), (2, 'b'); ${STUCK[server]}`);
    await refused({ code: 'publish.failed', hint: expect.stringContaining('unique values') });
  });

  it('takes keys that differ to the byte alone for the same row', async () => {
    const key = server === 'mariadb' ? 'varchar(9)' : 'numeric';
    await source.run(
      `CREATE TABLE p (id ${key} PRIMARY KEY, n int); INSERT INTO p VALUES (${server === 'mariadb' ? "'A'" : '1.00'}, 2)`,
    );
    await there.run(`CREATE TABLE p (id ${key} PRIMARY KEY, n int);
      INSERT INTO p VALUES (${server === 'mariadb' ? "'a'" : '1'}, 1); ${STUCK[server]}`);
    const wanted = server === 'mariadb' ? 'A' : expect.stringMatching(/^1(\.00)?$/);
    await publishedAndBack('SELECT id, n FROM p', [[wanted, '2']]);
  });

  it('does not look away while the table is changed under it', async () => {
    await source.run("CREATE TABLE p (id int PRIMARY KEY, v varchar(9)); INSERT INTO p VALUES (1, 'new')");
    await there.run(
      `CREATE TABLE p (id int PRIMARY KEY, v varchar(9)); INSERT INTO p VALUES (1, 'old'), (2, 'goes'); ${STUCK[server]}`,
    );
    const { finished } = await run({ options: { hold: true } });
    await there.run(
      server === 'mariadb'
        ? "CREATE TRIGGER late BEFORE INSERT ON p FOR EACH ROW SET NEW.v = 'late'"
        : `CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := ''late''; RETURN NEW; END';
          CREATE TRIGGER late BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION late()`,
    );
    const standing = await there.ask('SELECT id, v FROM p ORDER BY id');
    const asked = { run: finished!.run, source: endpointOf(source), target: endpointOf(there) };
    const events = host.stream('run.again', { ...asked, publish: true, takeOver: false }, new AbortController().signal);
    for await (const _ of events);
    const { error } = await host.call('report.read', { run: finished!.run });
    expect(error).toMatchObject({ code: 'run.source-changed' });
    expect(await there.ask('SELECT id, v FROM p ORDER BY id')).toEqual(standing);
    await host.call('run.rollback', { run: finished!.run, target: endpointOf(there), keepNewer: false });
  });

  it('brings back no row whose parent is gone by then', async () => {
    await source.run('CREATE TABLE p (id int PRIMARY KEY, c int); INSERT INTO p VALUES (1, 1)');
    await there.run(`CREATE TABLE c (id int PRIMARY KEY); INSERT INTO c VALUES (1), (2);
      CREATE TABLE p (id int PRIMARY KEY, c int, FOREIGN KEY (c) REFERENCES c (id)); INSERT INTO p VALUES (1, 1), (2, 2);
      ${STUCK[server]}`);
    const { finished } = await run();
    expect(finished?.state).toBe('published');
    await there.run('DELETE FROM c WHERE id = 2');
    const rows = () => there.ask('SELECT id, c FROM p ORDER BY id');
    const back = () => host.call('run.rollback', { run: finished!.run, target: endpointOf(there), keepNewer: false });
    await expect(back()).rejects.toMatchObject({
      data: { code: 'run.depended-on', hint: expect.stringContaining('Put those rows back') },
    });
    expect(await rows()).toEqual([['1', '1']]);
    await there.run('INSERT INTO c VALUES (2)');
    await back();
    expect(await rows()).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });

  const onRow = (name: string, when: string, body: string, postgres: string): string =>
    server === 'mariadb'
      ? `CREATE TRIGGER ${name} ${when} FOR EACH ROW ${body};`
      : `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${postgres} END $$;
         CREATE TRIGGER ${name} ${when} FOR EACH ROW EXECUTE FUNCTION ${name}();`;

  it('publishes nothing whose way back a trigger would bend', async () => {
    await source.run("CREATE TABLE p (id int PRIMARY KEY, v varchar(9)); INSERT INTO p VALUES (1, 'new'), (3, 'c')");
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, v varchar(9), stamp varchar(9));
      INSERT INTO p VALUES (1, 'old', 'kept'), (2, 'gone', 'kept');
      ${onRow('made', 'BEFORE INSERT ON p', "SET NEW.stamp = 'made'", "NEW.stamp := 'made'; RETURN NEW;")}
      ${STUCK[server]}`);
    await refused({ code: 'publish.failed', hint: expect.stringContaining('triggers') });
  });

  it('publishes nothing where a trigger of one table changes rows of another', async () => {
    await source.run(`CREATE TABLE p (id int PRIMARY KEY, n int); INSERT INTO p VALUES (1, 7);
      CREATE TABLE q (id int PRIMARY KEY, p int); INSERT INTO q VALUES (1, 1)`);
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, n int); INSERT INTO p VALUES (1, 7);
      CREATE TABLE q (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id));
      ${onRow('up', 'AFTER INSERT ON q', 'UPDATE p SET n = n + 1 WHERE id = NEW.p', 'UPDATE p SET n = n + 1 WHERE id = NEW.p; RETURN NULL;')}
      ${onRow('down', 'AFTER DELETE ON q', 'UPDATE p SET n = n - 1 WHERE id = OLD.p', 'UPDATE p SET n = n - 1 WHERE id = OLD.p; RETURN NULL;')}
      ${STUCK[server]}`);
    await refused({ code: 'publish.failed', where: { table: 'p' } });
  });

  it('exchanges rows beside checks that are put off', async () => {
    if (server === 'mariadb') return;
    await source.run(
      'CREATE TABLE p (id int PRIMARY KEY, boss int, u int); INSERT INTO p VALUES (1, NULL, 5), (2, 1, 6)',
    );
    await there.run(`CREATE TABLE p (id int PRIMARY KEY, boss int REFERENCES p, u int UNIQUE DEFERRABLE);
      INSERT INTO p VALUES (1, NULL, 6), (3, 1, 7);
      CREATE TABLE o (p int REFERENCES p DEFERRABLE); INSERT INTO o VALUES (1); ${STUCK[server]}`);
    await publishedAndBack('SELECT id, boss, u FROM p ORDER BY id', [
      ['1', null, '5'],
      ['2', '1', '6'],
    ]);
  });
});
