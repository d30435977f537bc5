// SQLite files for the app: of many tables, of many columns, of many rows.

import Database from 'better-sqlite3';

export const MANY_TABLES = 10_000;
export const MANY_COLUMNS = 1_000;
const LONG_TABLES = 8;
const LONG_ROWS = 400_000;

export function manyTables(path: string): void {
  write(
    path,
    Array.from({ length: MANY_TABLES }, (_, i) => `CREATE TABLE t${i} (id integer PRIMARY KEY, v text)`),
  );
}

export function oneTable(path: string): void {
  write(path, ['CREATE TABLE t0 (id integer PRIMARY KEY, v text)']);
}

export function manyColumns(path: string): void {
  const columns = Array.from({ length: MANY_COLUMNS }, (_, i) => `c${i} ${i % 2 ? 'text' : 'integer'}`);
  const rows = Array.from({ length: 50 }, (_, row) => `(${columns.map((_, i) => row + i).join(', ')})`);
  write(path, [`CREATE TABLE wide (${columns.join(', ')})`, ...rows.map((row) => `INSERT INTO wide VALUES ${row}`)]);
}

/** Enough for some ten seconds at full speed. */
export function manyRows(path: string): void {
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${LONG_ROWS})`;
  write(
    path,
    Array.from(
      { length: LONG_TABLES },
      (_, t) => `CREATE TABLE t${t} (id integer PRIMARY KEY, a integer, b text, c text);
        INSERT INTO t${t} ${numbers} SELECT i, i * 7, 'name ' || i, 'some text of a few words ' || i FROM n`,
    ),
  );
}

export const REFUSED_ROWS = 100_000;

/** All but the first are no addresses of e-mail. */
export function refusedRows(path: string): void {
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ${REFUSED_ROWS})`;
  write(path, [
    `CREATE TABLE people (id integer PRIMARY KEY, name text, email text, note text);
      INSERT INTO people ${numbers} SELECT i, 'name ' || i, iif(i = 1, 'a@b.org', 'nobody ' || i), 'a note of some words' FROM n`,
  ]);
}

function write(path: string, statements: readonly string[]): void {
  const file = new Database(path);
  file.transaction(() => {
    for (const statement of statements) file.exec(statement);
  })();
  file.close();
}
