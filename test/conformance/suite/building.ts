// Conformance: DDL. What a plan describes is what the catalogue shows after it was built.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog, Table } from '../../../src/shared/model/catalog.ts';
import type { TargetTable } from '../../../src/shared/model/plan.ts';
import type { TestDatabase } from '../../support/database.ts';
import { accessTo, type Contestant, catalogOf, databaseWith } from '../contestant.ts';
import { columnOf, NATIVE, tableOf } from '../tables.ts';

export function building({ server, family, dialect }: Contestant): void {
  const native = NATIVE[family];
  const column = (name: string, type: string, rest = {}) => columnOf(dialect.types, name, type, rest);
  const quoted = dialect.ddl.quote;

  const parents = tableOf(
    'parents',
    [
      column('id', native.id, {
        nullable: false,
        identity: { next: null },
        comment: family === 'sqlite' ? null : "it's the key",
      }),
      column('Näme "x"', native.name, { nullable: false, default: { kind: 'literal', value: 'it\'s \\ "q"' } }),
      column('made', native.moment, { default: { kind: 'now' } }),
      column('price', native.price, { nullable: false, default: { kind: 'literal', value: '1.50' } }),
    ],
    {
      primaryKey: { name: 'parents_pkey', columns: ['id'] },
      uniques: [{ name: 'parents_name_key', columns: ['Näme "x"'] }],
      indexes: [
        {
          name: 'parents_price_idx',
          unique: false,
          parts: [
            { column: 'price', expression: null, prefix: null, descending: false },
            { column: 'made', expression: null, prefix: null, descending: false },
          ],
          method: 'btree',
          where: null,
          include: [],
          nullsNotDistinct: false,
        },
      ],
      checks: [{ name: 'parents_price_check', expression: `${quoted('price')} >= 0` }],
      comment: family === 'sqlite' ? null : 'Kept for the children',
    },
  );
  const children = tableOf(
    'children',
    [
      column('parent', native.id, { nullable: false }),
      column('number', native.id, { nullable: false }),
      column('after_parent', native.id),
      column('after_number', native.id),
      column('price', native.price),
      column('doubled', native.price, {
        generated: { expression: `${quoted('price')} * 2`, stored: true },
      }),
    ],
    {
      primaryKey: { name: 'children_pkey', columns: ['parent', 'number'] },
      foreignKeys: [
        {
          name: 'children_parent_fk',
          columns: ['parent'],
          references: { schema: null, table: 'parents', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'no action',
          deferrable: false,
        },
        {
          name: 'children_after_fk',
          columns: ['after_parent', 'after_number'],
          references: { schema: null, table: 'children', columns: ['parent', 'number'] },
          onDelete: 'no action',
          onUpdate: 'no action',
          deferrable: false,
        },
      ],
    },
  );

  describe('building', () => {
    let database: TestDatabase;
    let catalog: Catalog;
    beforeAll(async () => {
      database = await databaseWith({ server, family });
      const session = await dialect.connect(accessTo(dialect, database), { role: 'target' });
      const { ddl } = dialect;
      try {
        for (const table of [parents, children]) await session.execute(ddl.create(table, session.server, null));
        for (const table of [parents, children]) await session.execute(ddl.index(table, session.server, null));
        for (const table of [parents, children]) await session.execute(ddl.relate(table, session.server, null));
        await database.run(
          `INSERT INTO parents (id, ${quoted('Näme "x"')}) VALUES (7, 'a'), (900, 'b'); INSERT INTO children (parent, number, price) VALUES (7, 1, 2.5)`,
        );
        await session.execute(ddl.resetIdentity(parents, session.server, null));
      } finally {
        await session.close();
      }
      catalog = await catalogOf(dialect, database);
    });
    afterAll(() => database?.drop());

    const built = (plan: TargetTable): Table => {
      const found = catalog.tables.find((one) => one.name === plan.name);
      if (!found) throw new Error(`${plan.name} was not built`);
      return found;
    };

    it.each([parents, children])('builds the columns of $name', (plan) => {
      const shape = (one: Pick<TargetTable['columns'][number], 'name' | 'logical' | 'nullable' | 'comment'>) => ({
        name: one.name,
        logical: one.logical,
        nullable: one.nullable,
        comment: one.comment,
      });
      expect(built(plan).columns.map(shape)).toEqual(plan.columns.map(shape));
    });

    it('gives defaults that mean the same', async () => {
      const defaults = built(parents).columns.map((one) => one.default);
      expect(defaults[1]).toEqual({ kind: 'literal', value: 'it\'s \\ "q"' });
      expect(defaults[2]).toEqual({ kind: 'now' });
      expect(defaults[3]).toMatchObject({ kind: 'literal', value: expect.stringMatching(/^1\.50?$/) });
      const [row] = await database.ask('SELECT COUNT(*) FROM parents WHERE price = 1.5 AND made IS NOT NULL');
      expect(row).toEqual(['2']);
    });

    it('hands out numbers beyond the highest', async () => {
      expect(built(parents).columns[0]?.identity).toMatchObject({ next: '901' });
      await database.run(`INSERT INTO parents (${quoted('Näme "x"')}) VALUES ('c')`);
      expect(await database.ask('SELECT MAX(id) FROM parents')).toEqual([['901']]);
    });

    it('builds keys and indexes', () => {
      const [parent, child] = [built(parents), built(children)];
      expect(parent.primaryKey?.columns).toEqual(['id']);
      expect(child.primaryKey?.columns).toEqual(['parent', 'number']);
      expect(parent.uniques.map((key) => key.columns)).toEqual([['Näme "x"']]);
      expect(parent.indexes.map((index) => index.parts.map((part) => part.column))).toEqual([['price', 'made']]);
    });

    it('builds foreign keys and checks that hold', async () => {
      const shape = (key: TargetTable['foreignKeys'][number]) => ({
        columns: key.columns,
        references: key.references,
        onDelete: key.onDelete === 'restrict' ? 'no action' : key.onDelete,
      });
      const byColumns = (a: { columns: string[] }, b: { columns: string[] }) => (a.columns < b.columns ? -1 : 1);
      expect(built(children).foreignKeys.map(shape).sort(byColumns)).toEqual(
        children.foreignKeys.map(shape).sort(byColumns),
      );
      expect(built(parents).checks).toHaveLength(1);
      await expect(database.run('UPDATE parents SET price = -1')).rejects.toThrow();
      const orphan = family === 'sqlite' ? 'PRAGMA foreign_keys = ON; ' : '';
      await expect(database.run(`${orphan}INSERT INTO children (parent, number) VALUES (5, 5)`)).rejects.toThrow();
    });

    it('builds generated columns that compute', async () => {
      expect(built(children).columns[5]?.generated).toMatchObject({ stored: true });
      const [row] = await database.ask('SELECT doubled FROM children');
      expect(Number(row?.[0])).toBe(5);
    });
  });
}
