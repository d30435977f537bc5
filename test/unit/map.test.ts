// Automatic mapping: types by facts, along foreign keys and by rule; the questions it needs answered.

import { describe, expect, test } from 'vitest';
import { storageRequests } from '../../src/engine/inspect/storage.ts';
import { linkedColumns } from '../../src/engine/map/links.ts';
import { type MapRequest, mapAutomatically } from '../../src/engine/map/map.ts';
import { questionsForMapping } from '../../src/engine/map/questions.ts';
import type { Table } from '../../src/shared/model/catalog.ts';
import { ruledType } from '../../src/shared/type-rules.ts';
import {
  BIGINT,
  catalog,
  column,
  foreignKey,
  INT,
  servers,
  TEXT,
  TINYINT1,
  table,
  UNSIGNED_BIGINT,
} from '../support/catalogs.ts';
import { mysql, postgres, sqlite } from '../support/pure-dialects.ts';

const customers = table('Customers', [
  column('Id', 'bigint(20) unsigned', UNSIGNED_BIGINT, { nullable: false, identity: { always: false, next: '4' } }),
  column('active', 'tinyint(1)', TINYINT1),
]);
const orders = table(
  'Orders',
  [column('id', 'int(11)', INT), column('customer', 'bigint(20) unsigned', UNSIGNED_BIGINT)],
  {
    foreignKeys: [foreignKey('fk', ['customer'], 'Customers', ['Id'])],
  },
);

function request(tables: Table[], more: Partial<MapRequest> = {}): MapRequest {
  return {
    source: catalog(servers.mariadb, tables),
    target: catalog(servers.postgres, []),
    targetDialect: postgres,
    profile: {},
    name: 'shop',
    naming: 'keep',
    urls: { source: 'mysql://a/b', target: 'postgres://a/b' },
    ...more,
  };
}

function typesOf(made: ReturnType<typeof mapAutomatically>): Record<string, string> {
  return Object.fromEntries(made.tables.flatMap((t) => t.columns.map((c) => [`${t.target}.${c.target}`, c.type])));
}

test('names that the policy makes one are both kept: the plan tells, and knows the ways out', () => {
  const twins = table('Visits', [column('Day', 'int', INT), column('day', 'int', INT)]);
  const { tables } = mapAutomatically(request([twins], { naming: 'lower' }));
  expect(tables[0]!.columns.map(({ source, target }) => [source, target])).toEqual([
    ['Day', 'day'],
    ['day', 'day'],
  ]);
});

describe('types', () => {
  test('follow the values', () => {
    const answered = (max: string) =>
      typesOf(mapAutomatically(request([customers], { profile: { Customers: { active: { min: '0', max } } } })));
    expect(answered('1')['Customers.active']).toBe('boolean');
    expect(answered('2')['Customers.active']).toBe('smallint');
  });

  test('are the same on both ends of a foreign key, made for the greater need', () => {
    const profile = { Customers: { Id: { max: '12' } }, Orders: { customer: { max: '18446744073709551615' } } };
    const types = typesOf(mapAutomatically(request([customers, orders], { profile })));
    expect(types['Orders.customer']).toBe('numeric(20)');
    expect(types['Customers.Id']).toBe('numeric(20)');
  });

  test('widen along chains, selves and cycles', () => {
    const a = table('a', [column('id', 'int', INT), column('parent', 'bigint', BIGINT)], {
      foreignKeys: [foreignKey('self', ['parent'], 'a', ['id'])],
    });
    const b = table('b', [column('a_id', 'int', INT)], { foreignKeys: [foreignKey('ab', ['a_id'], 'a', ['id'])] });
    const types = typesOf(mapAutomatically(request([b, a])));
    expect(types).toEqual({ 'b.a_id': 'bigint', 'a.id': 'bigint', 'a.parent': 'bigint' });
  });

  test('say what hands out numbers only of the column that does', () => {
    const types = typesOf(
      mapAutomatically(
        request([customers, orders], {
          target: catalog(servers.sqlite, []),
          targetDialect: sqlite,
          profile: { Customers: { Id: { max: '9' } }, Orders: { customer: { max: '9' } } },
        }),
      ),
    );
    expect(types['Customers.Id']).toBe('INTEGER AUTOINCREMENT');
    expect(types['Orders.customer']).toBe('INTEGER');
  });

  test('come from the first matching rule', () => {
    const types = typesOf(
      mapAutomatically(request([customers], { typeRules: [{ native: 'tinyint(*)', type: 'integer' }] })),
    );
    expect(types['Customers.active']).toBe('integer');
    const rules = [
      { table: 'log_*', column: 'id', type: 'bigint' },
      { native: 'INT*', type: 'smallint' },
    ];
    expect(ruledType(rules, { native: 'int(11)', table: 'log_a', column: 'ID' })).toBe('bigint');
    expect(ruledType(rules, { native: 'int(11)', table: 'orders', column: 'id' })).toBe('smallint');
    expect(ruledType(rules, { native: 'text', table: 'orders', column: 'id' })).toBeNull();
  });

  test('of SQLite follow what is stored', () => {
    const t = table('t', [
      column('n', 'INTEGER', BIGINT),
      column('d', 'DATETIME', { kind: 'timestamp', precision: 3, zone: false }),
    ]);
    const profile = {
      t: {
        n: { storageInteger: '0', storageReal: '0', storageText: '3', storageBlob: '0' },
        d: { storageInteger: '3', storageReal: '0', storageText: '0', storageBlob: '0', notIsoTimestamp: '0' },
      },
    };
    const made = mapAutomatically({ ...request([t], { profile }), source: catalog(servers.sqlite, [t]) });
    expect(typesOf(made)).toEqual({ 't.n': 'text', 't.d': 'bigint' });
  });
});

test('names follow the policy, order follows the source', () => {
  const made = mapAutomatically(request([orders, customers], { naming: 'snake' }));
  expect(made.tables.map((t) => t.target)).toEqual(['orders', 'customers']);
  expect(made.tables[1]!.columns.map((c) => [c.source, c.target])).toEqual([
    ['Id', 'id'],
    ['active', 'active'],
  ]);
});

test('only the wanted tables, and only if they are there', () => {
  expect(mapAutomatically(request([orders, customers], { tables: ['Orders'] })).tables).toHaveLength(1);
  expect(() => mapAutomatically(request([orders], { tables: ['nope'] }))).toThrow(/no table nope/);
  expect(() => mapAutomatically(request([]))).toThrow(/no tables/);
});

test('links join composite keys pairwise and leave other schemas out', () => {
  const p = table('p', [column('x', 'int', INT), column('y', 'int', INT)]);
  const c = table('c', [column('px', 'int', INT), column('py', 'int', INT), column('z', 'int', INT)], {
    foreignKeys: [
      foreignKey('pair', ['px', 'py'], 'p', ['x', 'y']),
      foreignKey('far', ['z'], 'p', ['x'], { references: { schema: 'other', table: 'p', columns: ['x'] } }),
    ],
  });
  const names = linkedColumns(catalog(servers.postgres, [p, c])).map((group) =>
    group.map((ref) => `${ref.table}.${ref.column}`),
  );
  expect(names).toEqual([
    ['p.x', 'c.px'],
    ['p.y', 'c.py'],
  ]);
});

describe('questions', () => {
  test('ask both ends of a foreign key the same, and plain tables nothing', () => {
    const plain = table('plain', [column('n', 'int', INT)]);
    const asked = questionsForMapping(catalog(servers.mariadb, [customers, orders, plain]), postgres, {});
    expect(asked.map((request) => request.table.name)).toEqual(['Customers', 'Orders']);
    expect(asked[1]!.questions).toEqual([
      { column: 'customer', logical: UNSIGNED_BIGINT, collation: null, ask: ['max'] },
    ]);
  });

  test('ask SQLite how values are stored', () => {
    const t = table('t', [column('a', 'TEXT', TEXT)]);
    const [asked] = storageRequests(catalog(servers.sqlite, [t]), sqlite);
    expect(asked!.questions[0]!.ask).toContain('storageText');
    expect(storageRequests(catalog(servers.mariadb, [t]), mysql)).toEqual([]);
  });

  test('ask of a column what its stored values call for', () => {
    const t = table('t', [column('a', 'INTEGER', INT)]);
    const stored = { t: { a: { storageInteger: '0', storageReal: '0', storageText: '2', storageBlob: '0' } } };
    const [asked] = questionsForMapping(catalog(servers.sqlite, [t]), postgres, stored);
    expect(asked!.questions[0]!.ask).toEqual(['nulCharacters']);
    expect(questionsForMapping(catalog(servers.sqlite, [t]), postgres, {})).toEqual([]);
  });
});
