// What a row takes of InnoDB's page: figures measured by making tables on MySQL 9.7 and MariaDB 10.11.

import { expect, test } from 'vitest';
import type { TargetTable } from '../../src/shared/model/plan.ts';
import { servers } from '../support/catalogs.ts';
import { mysql } from '../support/pure-dialects.ts';

function use(natives: readonly string[], nullable: boolean, server: 'mysql' | 'mariadb') {
  const columns = natives.map((native, i) => ({ name: `c${i}`, native, nullable, generated: null }));
  return mysql.ddl.pageUse({ columns } as unknown as TargetTable, servers[server])!;
}

/** What thirty such columns take, one of them. */
function each(native: string, server: 'mysql' | 'mariadb'): number {
  return (use(Array(30).fill(native), false, server).bytes - 18) / 30;
}

test.each([
  ['text', 41, 21],
  ['json', 41, 21],
  ['tinytext', 41, 21],
  ['varchar(5)', 21, 21],
  ['varchar(10)', 41, 41],
  ['varchar(63)', 41, 253],
  ['varchar(64)', 41, 21],
  ['char(36)', 41, 145],
  ['varbinary(255)', 41, 256],
  ['varbinary(256)', 41, 21],
  ['binary(255)', 255, 255],
  ['decimal(65,30)', 30, 30],
  ['datetime(6)', 8, 8],
  ["set('a','b')", 1, 1],
  ['bit(64)', 8, 8],
  ['bigint unsigned', 8, 8],
])('%s takes %d bytes of MySQL, %d of MariaDB', (native, ofMysql, ofMariadb) => {
  expect(each(native, 'mysql')).toBe(ofMysql);
  expect(each(native, 'mariadb')).toBe(ofMariadb);
});

test('columns that may be NULL take a bit each', () => {
  expect(use(['int', 'int'], true, 'mysql').bytes).toBe(18 + 8 + 1);
  expect(use(Array(9).fill('int'), true, 'mysql').bytes).toBe(18 + 36 + 2);
});
