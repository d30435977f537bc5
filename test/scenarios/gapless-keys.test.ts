// Rows that lead nowhere are counted alike, whether the numbers of the parents have gaps or prove by themselves that none do.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { migrate, openHost, type TestHost } from '../support/engine.ts';

let host: TestHost;
let opened: TestDatabase[];

beforeEach(() => {
  host = openHost();
  opened = [];
});
afterEach(async () => {
  host.close();
  await Promise.all(opened.map((database) => database.drop()));
});

/** Numbers of parents, those that children name, and how many of these lead nowhere. */
const CASES: readonly (readonly [string, readonly string[], readonly string[], number])[] = [
  ['gapless', ['1', '2', '3'], ['1', '3', 'NULL', '3'], 0],
  ['gap', ['1', '3'], ['1', '2', '3', '2'], 2],
  ['unused_gap', ['1', '3'], ['1', '3'], 0],
  ['below', ['5', '6'], ['4', '5'], 1],
  ['above', ['5', '6'], ['6', '7'], 1],
  ['childless', ['1'], [], 0],
  ['only_nulls', ['1'], ['NULL'], 0],
  ['parentless', [], ['1', 'NULL'], 1],
  ['both_empty', [], [], 0],
  ['negative', ['-2', '-1', '0', '1'], ['-2', '0', '1'], 0],
  ['far_apart', ['-9223372036854775808', '9223372036854775807'], ['0', '9223372036854775807'], 1],
];

const ORPHANS = CASES.flatMap(([name, , , orphans]) => (orphans > 0 ? [[`c_${name}`, String(orphans)]] : [])).sort();

function tables(type: string): string {
  return CASES.map(([name, parents, children]) => {
    const into = (table: string, columns: string, rows: readonly string[]) =>
      rows.length === 0 ? '' : `INSERT INTO ${table} (${columns}) VALUES ${rows.map((row) => `(${row})`).join(', ')};`;
    return `CREATE TABLE p_${name} (id ${type} PRIMARY KEY);
      CREATE TABLE c_${name} (parent ${type}, FOREIGN KEY (parent) REFERENCES p_${name} (id));
      ${into(`p_${name}`, 'id', parents)} ${into(`c_${name}`, 'parent', children)}`;
  }).join('\n');
}

async function orphansIn(
  from: ServerName,
  to: ServerName,
  sql: string,
  edit?: (project: Project) => Project,
): Promise<(readonly [string, string])[]> {
  const source = await freshDatabase(from);
  const target = await freshDatabase(to);
  opened.push(source, target);
  await source.run(sql);
  const { plan } = await migrate(host, source, target, edit ? { edit } : {});
  return plan.findings
    .flatMap(({ code, place, rows }) => (code === 'value.orphan' ? [[place.table!, rows!] as const] : []))
    .sort();
}

test('MariaDB', async () => {
  const sql = `SET foreign_key_checks = 0; ${tables('BIGINT')}`;
  expect(await orphansIn('mariadb', 'postgres', sql)).toEqual(ORPHANS);
});

test('SQLite', async () => {
  expect(await orphansIn('sqlite', 'postgres', `PRAGMA foreign_keys = OFF; ${tables('INTEGER')}`)).toEqual(ORPHANS);
});

test('PostgreSQL, with keys that the project declares', async () => {
  const sql = tables('BIGINT').replaceAll(/, FOREIGN KEY .*\)\);/g, ');');
  const declared = (project: Project): Project => ({
    ...project,
    tables: project.tables.map((table) =>
      table.source.startsWith('c_')
        ? {
            ...table,
            keys: {
              ...table.keys,
              references: [{ columns: ['parent'], table: table.target.replace('c_', 'p_'), to: ['id'] }],
            },
          }
        : table,
    ),
  });
  expect(await orphansIn('postgres', 'sqlite', sql, declared)).toEqual(ORPHANS);
});

test('in SQLite numbers that are no integers prove nothing', async () => {
  // 1, 1.5 and 3 are three numbers from 1 to 3, and 2 is none of them.
  const sql = `PRAGMA foreign_keys = OFF;
    CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (parent INT REFERENCES p (id));
    INSERT INTO p VALUES (1), (1.5), (3); INSERT INTO c VALUES (1), (2);
    CREATE TABLE q (id INTEGER PRIMARY KEY); CREATE TABLE d (parent INT REFERENCES q (id));
    INSERT INTO q VALUES (1), (2), (3); INSERT INTO d VALUES (1), (2.5), (3);`;
  const found = await orphansIn('sqlite', 'sqlite', sql);
  expect(found).toEqual([
    ['c', '1'],
    ['d', '1'],
  ]);
});
