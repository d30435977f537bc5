// The catalogue of MySQL does not depend on the order in which the server, blind to case, hands out equal names.

import { expect, test } from 'vitest';
import type { Link, Row } from '../../src/engine/dialects/mysql/connection.ts';
import { inspect } from '../../src/engine/dialects/mysql/inspector.ts';
import { servers } from '../support/catalogs.ts';

const tables = ['case_t', 'Case_T'];

/** In the order of the key's parts alone, as the server may give them where it takes both names for one. */
const ANSWERS: Readonly<Record<string, readonly Row[]>> = {
  TABLES: tables.map((name) => ({ name, engine: 'InnoDB', estimate: 0, bytes: 0, next: null, comment: '' })),
  COLUMNS: ['b', 'a'].flatMap((name) =>
    tables.map((tab) => ({
      tab,
      name,
      type: 'int(11)',
      nullable: 'NO',
      preset: null,
      collation: null,
      expression: '',
    })),
  ),
  STATISTICS: ['b', 'a'].flatMap((col) =>
    tables.map((tab) => ({ tab, name: 'PRIMARY', repeats: 0, col, prefix: null, direction: 'A', method: 'BTREE' })),
  ),
};

/** Names that differ in case alone come one way round, or the other. */
function linkWith(reversed: boolean): Link {
  const query = async (sql: string): Promise<Row[]> => {
    const view = /FROM information_schema\.(\w+)/.exec(sql)?.[1] ?? '';
    const rows = sql.includes("'view' AS kind") ? [] : [...(ANSWERS[view] ?? [])];
    for (let i = 0; reversed && i + 1 < rows.length; i += 2) rows.splice(i, 2, rows[i + 1]!, rows[i]!);
    return rows;
  };
  return { query, database: 'shop', server: servers.mariadb } as unknown as Link;
}

test('two tables that differ in case alone are the same in either order', async () => {
  const one = await inspect(linkWith(false));
  const other = await inspect(linkWith(true));
  expect(one.tables.map(({ name }) => name)).toEqual(['Case_T', 'case_t']);
  for (const { primaryKey } of one.tables) expect(primaryKey?.columns).toEqual(['b', 'a']);
  expect(other.tables).toEqual(one.tables);
  expect(other.fingerprint).toBe(one.fingerprint);
});
