// Structure parity: what the plan promised of a table, told in the databases' own words and compared by meaning.

import { expect, test } from 'vitest';
import { mysql } from '../../src/engine/dialects/mysql/index.ts';
import { compareStructure } from '../../src/engine/run/structure.ts';
import type { Catalog } from '../../src/shared/model/catalog.ts';
import type { TargetTable } from '../../src/shared/model/plan.ts';

function typeChecks(planned: string, found: string) {
  const table = { name: 't', columns: [{ name: 'c', native: planned, nullable: true }] };
  const none = { primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [] };
  const catalog = { tables: [{ ...table, ...none, columns: [{ name: 'c', native: found, nullable: true }] }] };
  return compareStructure(
    { ...table, ...none } as unknown as TargetTable,
    catalog as unknown as Catalog,
    mysql.types,
    new Map(),
  ).filter(({ what }) => what === 'type of c');
}

test('a type that the target writes otherwise is the same type', () => {
  expect(typeChecks('int', 'int(11)')).toEqual([
    { what: 'type of c', expected: 'int', actual: 'int(11)', equal: true },
  ]);
});

test('another type is told in the words of both', () => {
  expect(typeChecks('varchar(20)', 'varchar(10)')).toEqual([
    { what: 'type of c', expected: 'varchar(20)', actual: 'varchar(10)', equal: false },
  ]);
  expect(typeChecks('no such type', 'no such type')).toMatchObject([{ equal: true }]);
});
