// What looking and mapping need without a database: overviews, the shelf of catalogues, new names, SQL of a plan.

import { describe, expect, test } from 'vitest';
import { capabilities } from '../../src/engine/dialects/postgres/capabilities.ts';
import { overviewOf } from '../../src/engine/inspect/overview.ts';
import { createShelf } from '../../src/engine/inspect/shelf.ts';
import { rename } from '../../src/engine/map/rename.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { planSql } from '../../src/shared/plan-sql.ts';
import { catalog, column, foreignKey, INT, index, servers, table } from '../support/catalogs.ts';
import { planOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

test('an overview counts, and keeps what a graph draws', () => {
  const orders = table('orders', [column('id', 'integer', INT), column('customer', 'integer', INT)], {
    primaryKey: { name: 'pk', columns: ['id'] },
    indexes: [index('i', ['customer'])],
    foreignKeys: [
      foreignKey('fk', ['customer'], 'customers', ['id']),
      foreignKey('self', ['id'], 'orders', ['id'], {
        references: { schema: 'public', table: 'orders', columns: ['id'] },
      }),
      foreignKey('out', ['id'], 'x', ['id'], { references: { schema: 'crm', table: 'x', columns: ['id'] } }),
    ],
    rowEstimate: 42,
    bytes: 8192,
    dependants: [{ kind: 'view', name: 'v' }],
  });
  const overview = overviewOf(catalog(servers.postgres, [orders]));
  expect(overview.tables).toEqual([
    {
      name: 'orders',
      kind: 'table',
      rows: 42,
      bytes: 8192,
      columns: 2,
      primaryKey: ['id'],
      uniques: 0,
      indexes: 1,
      checks: 0,
      references: [
        { name: 'fk', schema: null, table: 'customers' },
        { name: 'self', schema: null, table: 'orders' },
        { name: 'out', schema: 'crm', table: 'x' },
      ],
      dependants: 1,
      comment: null,
    },
  ]);
});

describe('the shelf', () => {
  const asked: string[] = [];
  const inspecting = (name: string) => async () => {
    asked.push(name);
    return catalog(servers.postgres, [], { database: name });
  };

  test('inspects once, again when told to, and lets the least used go', async () => {
    asked.length = 0;
    const shelf = createShelf(2);
    await Promise.all([shelf.get('a', inspecting('a')), shelf.get('a', inspecting('a'))]);
    await shelf.get('b', inspecting('b'));
    await shelf.get('a', inspecting('a'));
    expect(asked).toEqual(['a', 'b']);
    await shelf.get('c', inspecting('c'));
    await shelf.get('a', inspecting('a'));
    expect(asked).toEqual(['a', 'b', 'c']);
    await shelf.get('b', inspecting('b'));
    await shelf.get('b', inspecting('b'), true);
    expect(asked).toEqual(['a', 'b', 'c', 'b', 'b']);
  });

  test('does not keep a failure', async () => {
    const shelf = createShelf();
    await expect(shelf.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect((await shelf.get('a', inspecting('a'))).database).toBe('a');
  });
});

describe('new names', () => {
  const project: Project = {
    drover: 1,
    name: 'p',
    source: { url: 's', fingerprint: '' },
    target: { url: 't', fingerprint: '' },
    naming: 'keep',
    tables: [
      {
        source: 'OrderItems',
        target: 'mine',
        mode: 'replace',
        filter: 'a > 1',
        columns: [
          { source: 'UnitPrice', target: 'p', type: 'money', unrepresentable: 'null' },
          { source: 'unit_price', target: 'q', type: 'text', skip: true },
        ],
      },
      { source: 'order_items', target: 'x', skip: true, columns: [] },
    ],
  };
  const can = capabilities(servers.postgres);

  test('keep everything else that was decided', () => {
    expect(rename(project, 'snake', can)).toEqual({
      ...project,
      naming: 'snake',
      tables: [
        {
          ...project.tables[0],
          target: 'order_items',
          columns: [
            { ...project.tables[0]!.columns[0], target: 'unit_price' },
            { ...project.tables[0]!.columns[1], target: 'unit_price' },
          ],
        },
        { ...project.tables[1], target: 'order_items' },
      ],
    });
  });
});

test("a plan's SQL comes in three files, tables in the order of dependency", () => {
  const id = column('id', 'int', INT, { nullable: false });
  const child = table('a_child', [column('p', 'int', INT)], {
    foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])],
  });
  const parent = table('parent', [id], { primaryKey: { name: 'PRIMARY', columns: ['id'] } });
  const plan = planOf({
    source: catalog(servers.mariadb, [child, parent]),
    target: catalog(servers.postgres, []),
    from: mysql,
    to: postgres,
  });
  const [create, , relate] = planSql(plan);
  expect(planSql(plan).map(({ name }) => name)).toEqual(['1-create.sql', '2-index.sql', '3-relate.sql']);
  expect(create!.text.indexOf('"parent"')).toBeLessThan(create!.text.indexOf('"a_child"'));
  expect(create!.text).toMatch(/^-- .*\nCREATE TABLE "parent"[^;]*;\n\n-- /s);
  expect(relate!.text).toContain('REFERENCES "parent"');
});
