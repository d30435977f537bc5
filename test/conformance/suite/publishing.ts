// Conformance: publishing. All tables or none; and back again to exactly what stood there before.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Index } from '../../../src/shared/model/catalog.ts';
import type { TargetTable } from '../../../src/shared/model/plan.ts';
import type { TestDatabase } from '../../support/database.ts';
import { dump } from '../../support/dump.ts';
import { accessTo, type Contestant, databaseWith, newRun, readFixture } from '../contestant.ts';
import { columnOf, NATIVE, tableOf } from '../tables.ts';
import { type Staged, stage } from './staged.ts';

export function publishing({ server, family, dialect }: Contestant): void {
  const native = NATIVE[family];
  const column = (name: string, type: string, rest = {}) => columnOf(dialect.types, name, type, rest);
  const owners = tableOf(
    'owners',
    [column('id', native.id, { nullable: false, identity: { next: null } }), column('name', native.name)],
    { primaryKey: { name: 'owners_pkey', columns: ['id'] } },
  );
  const dogs = tableOf('dogs', [column('id', native.id, { nullable: false }), column('owner_id', native.id)], {
    primaryKey: { name: 'dogs_pkey', columns: ['id'] },
    foreignKeys: [
      {
        name: 'dogs_owner_fk',
        columns: ['owner_id'],
        references: { schema: null, table: 'owners', columns: ['id'] },
        onDelete: 'no action',
        onUpdate: 'no action',
        deferrable: false,
      },
    ],
  });
  const tables: readonly TargetTable[] = [owners, dogs];
  const replacing = tables.map(({ name }) => ({ table: name, replaces: true }));
  const creating = tables.map(({ name }) => ({ table: name, replaces: false }));

  describe('publishing', () => {
    let database: TestDatabase;
    let staged: Staged;
    let before: string;
    beforeEach(() => {
      staged = undefined as never;
    });
    afterEach(async () => {
      await staged?.close().catch(() => {});
      await database?.drop();
    });

    const prepare = async (fixture: string | null, extra?: string): Promise<void> => {
      database = await databaseWith({ server, family });
      if (fixture) await database.run(readFixture(fixture, family));
      if (extra) await database.run(extra);
      before = await dump(database);
      staged = await stage(dialect, database, newRun(), tables);
      await staged.load(owners, 0, [
        ['1', 'new Ada'],
        ['2', 'new Bob'],
      ]);
      await staged.load(dogs, 0, [['1', '2']]);
      const { session } = staged.publisher;
      for (const table of tables) await session.execute(dialect.ddl.settle(table, staged.run));
      for (const table of tables) await session.execute(dialect.ddl.index(table, session.server, staged.run));
      for (const table of tables) await session.execute(dialect.ddl.relate(table, session.server, staged.run));
      for (const table of tables) await session.execute(dialect.ddl.resetIdentity(table, session.server, staged.run));
    };
    const finish = async (): Promise<void> => {
      await staged.close();
      staged = undefined as never;
    };

    it.each([
      ['without an index', []],
      ['with an index to look by', [indexOn('owner_id')]],
    ])('refuses a staged row that leads nowhere, %s', async (_, indexes) => {
      database = await databaseWith({ server, family });
      const strays = { ...dogs, indexes };
      staged = await stage(dialect, database, newRun(), [owners, strays]);
      await staged.load(owners, 0, [['1', 'Ada']]);
      await staged.load(strays, 0, [
        ['1', '1'],
        ['2', null],
        ['3', '2'],
      ]);
      const { session } = staged.publisher;
      const { ddl } = dialect;
      for (const table of [owners, strays]) await session.execute(ddl.settle(table, staged.run));
      for (const table of [owners, strays]) await session.execute(ddl.index(table, session.server, staged.run));
      const relating = session.execute(ddl.relate(strays, session.server, staged.run));
      await expect(relating).rejects.toMatchObject({ data: { code: 'index.failed' } });
      await finish();
    });

    it('publishes into an empty database, and takes it back', async () => {
      await prepare(null);
      const { publisher } = staged;
      expect(await publisher.state()).toBe('staged');
      await publisher.publish({ moves: creating, merges: [], late: [] });
      expect(await publisher.state()).toBe('published');
      expect(await database.ask('SELECT name FROM owners ORDER BY id')).toEqual([['new Ada'], ['new Bob']]);
      await expectEnforced();
      await publisher.unpublish({ moves: creating, merges: [], late: [] });
      expect(await publisher.state()).toBe('staged');
      await publisher.dropStaging();
      expect(await publisher.state()).toBe('absent');
      expect(await dump(database)).toBe(before);
    });

    it('swaps tables with rows, keeps the old ones, and brings them back exactly', async () => {
      await prepare('kennel');
      const { publisher } = staged;
      await publisher.publish({ moves: replacing, merges: [], late: [] });
      expect(await database.ask('SELECT name FROM owners ORDER BY id')).toEqual([['new Ada'], ['new Bob']]);
      expect(await database.ask('SELECT COUNT(*) FROM dogs')).toEqual([['1']]);
      await expectEnforced();
      expect(await database.ask(`SELECT name FROM ${publisher.backupName('owners')} ORDER BY id`)).toEqual([
        ['old Zoe'],
        ['old Yan'],
        ['old Xi'],
      ]);
      await publisher.unpublish({ moves: replacing, merges: [], late: [] });
      await publisher.unpublish({ moves: replacing, merges: [], late: [] });
      await publisher.dropStaging();
      expect(await dump(database)).toBe(before);
    });

    it('says what it keeps, and how large that is', async () => {
      await prepare('kennel');
      const { publisher } = staged;
      await publisher.publish({ moves: replacing, merges: [], late: [] });
      const kept = await publisher.backups();
      expect(kept.map(({ table }) => table).sort()).toEqual(replacing.map(({ table }) => table).sort());
      for (const { rows, bytes } of kept) {
        expect(rows).toBeGreaterThan(0);
        expect(bytes).toBeGreaterThan(0);
      }
    });

    it('leaves what it published when staging and backups are dropped, twice', async () => {
      await prepare('kennel');
      const { publisher } = staged;
      await publisher.publish({ moves: replacing, merges: [], late: [] });
      const after = await database.ask('SELECT * FROM dogs');
      for (let times = 0; times < 2; times++) {
        await publisher.dropStaging();
        await publisher.dropBackups();
      }
      expect(await database.ask('SELECT * FROM dogs')).toEqual(after);
      await database.run("INSERT INTO owners (name) VALUES ('next')");
      expect(await database.ask('SELECT MAX(id) FROM owners')).toEqual([['3']]);
    });

    it('drops a staged table alone, and publishes the others as they were staged', async () => {
      await prepare(null);
      const { publisher } = staged;
      for (let times = 0; times < 2; times++) await publisher.dropStaged(['dogs']);
      expect(await publisher.tablesIn('staging')).toEqual(['owners']);
      await publisher.publish({ moves: creating.filter(({ table }) => table === 'owners'), merges: [], late: [] });
      expect(await database.ask('SELECT name FROM owners ORDER BY id')).toEqual([['new Ada'], ['new Bob']]);
      // No key of the table that is gone holds a row of it.
      await database.run('DELETE FROM owners WHERE id = 2');
      await publisher.dropStaging();
      expect(await database.ask('SELECT name FROM owners')).toEqual([['new Ada']]);
    });

    it('gives up staging as if it had never been', async () => {
      await prepare('kennel');
      const { publisher } = staged;
      await publisher.createStaging();
      await publisher.dropStaging();
      await publisher.dropStaging();
      expect(await publisher.state()).toBe('absent');
      expect(await dump(database)).toBe(before);
    });

    it('says which dependants stay behind, and takes the others along', async () => {
      await prepare('kennel', 'CREATE VIEW owner_names AS SELECT name FROM owners');
      const { publisher } = staged;
      const { staysBehindOnReplace, carriesOnReplace } = dialect.capabilities(publisher.session.server);
      const staysBehind = staysBehindOnReplace.includes('view') && !carriesOnReplace.includes('view');
      await publisher.publish({ moves: replacing, merges: [], late: [] });
      const [first] = await database.ask('SELECT MIN(name) FROM owner_names');
      expect(first).toEqual([staysBehind ? 'old Xi' : 'new Ada']);
      await publisher.unpublish({ moves: replacing, merges: [], late: [] });
      await publisher.dropStaging();
      expect(await dump(database)).toBe(before);
    });

    it('lets one run at a time at a target', async () => {
      await prepare(null);
      const other = await dialect.openPublisher(accessTo(dialect, database), newRun());
      await expect(other.lock()).rejects.toMatchObject({ data: { code: 'run.target-locked' } });
      await other.close();
      await finish();
      const next = await dialect.openPublisher(accessTo(dialect, database), newRun());
      await next.lock();
      await next.close();
    });

    const expectEnforced = async (): Promise<void> => {
      const orphan = family === 'sqlite' ? 'PRAGMA foreign_keys = ON; ' : '';
      await expect(database.run(`${orphan}INSERT INTO dogs (id, owner_id) VALUES (99, 99)`)).rejects.toThrow();
    };
  });
}

function indexOn(column: string): Index {
  const part = { column, expression: null, prefix: null, descending: false };
  return {
    name: `by_${column}`,
    unique: false,
    parts: [part],
    method: 'btree',
    where: null,
    include: [],
    nullsNotDistinct: false,
  };
}
