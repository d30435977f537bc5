// What is migrated, and what it replaces: small tables with what goes wrong easily, on each family.

import type { Name } from './servers.ts';

export const THINGS = 6000;
export const MARKS = 1500;
const BARE = 400;

/** `things` is loaded in several chunks where the statistics can be made to ask for them; `bare` holds equal rows. */
export function sourceScript(family: Name): string {
  return `
    CREATE TABLE things (id integer PRIMARY KEY, name varchar(60), note varchar(40), big bigint)${WITHOUT_UPKEEP[family]};
    CREATE TABLE marks (id integer PRIMARY KEY, thing integer, label varchar(20), CONSTRAINT marks_label UNIQUE (label),
      CONSTRAINT marks_thing FOREIGN KEY (thing) REFERENCES things (id));
    CREATE INDEX marks_by_thing ON marks (thing);
    CREATE TABLE bare (a integer, b varchar(20));
    ${rowsOf.things(family)}; ${rowsOf.marks(family)}; ${rowsOf.bare(family)};
    ${SEVERAL_CHUNKS[family]}`;
}

/** A statement each that fills one empty table. */
export const rowsOf = {
  things: (family: Name): string =>
    `INSERT INTO things SELECT n, CONCAT('thing é😀 ', n), CASE WHEN n % 3 = 0 THEN NULL WHEN n % 3 = 1 THEN '' ELSE 'x ' END, n * 4000000000
      FROM ${numbers(family, THINGS)}`,
  marks: (family: Name): string => `INSERT INTO marks SELECT n, n, CONCAT('m', n) FROM ${numbers(family, MARKS)}`,
  bare: (family: Name): string => `INSERT INTO bare SELECT n % 40, 'same' FROM ${numbers(family, BARE)}`,
};

/** `things` and `marks` are replaced, `bare` is new, `other` has no part in it. */
export const TARGET = `
  CREATE TABLE things (id integer PRIMARY KEY, old varchar(10)); INSERT INTO things VALUES (7, 'before');
  CREATE TABLE marks (id integer PRIMARY KEY, was varchar(10)); INSERT INTO marks VALUES (1, 'a'), (2, 'b');
  CREATE TABLE other (a integer); INSERT INTO other VALUES (1);`;

/** Rows go into `things` and `marks`, some over others, and then they are as in the source; `bare` is so already. */
export function targetToMerge(family: Name): string {
  return `
    CREATE TABLE things (id integer PRIMARY KEY, name varchar(60), note varchar(40), big bigint);
    CREATE TABLE marks (id integer PRIMARY KEY, thing integer, label varchar(20), CONSTRAINT marks_label UNIQUE (label),
      CONSTRAINT marks_thing FOREIGN KEY (thing) REFERENCES things (id));
    CREATE TABLE bare (a integer, b varchar(20)); ${rowsOf.bare(family)};
    CREATE TABLE other (a integer); INSERT INTO other VALUES (1);
    INSERT INTO things VALUES (7, 'before', NULL, 1); INSERT INTO marks VALUES (1, 7, 'a'), (2, 7, 'b');`;
}

export const MERGING = ['--mode', 'upsert', '--tables', 'things,marks'] as const;

/** Which of the two worlds the target shows: asked in one statement, so that it can't change between the answers. */
export const WORLD = 'SELECT (SELECT max(id) FROM things), (SELECT max(id) FROM marks)';
export const OLD_WORLD = '7 2';
export const NEW_WORLD = `${THINGS} ${MARKS}`;

/** Every row of each migrated table as one text, the same on every family: numbers as they are, texts as their bytes. */
export function rowQueries(family: Name): Readonly<Record<string, string>> {
  const text = (column: string) => `COALESCE(${HEX[family](column)}, '-')`;
  const number = (column: string) => `COALESCE(CAST(${column} AS ${family === 'mariadb' ? 'CHAR' : 'text'}), '-')`;
  const row = (...parts: string[]) =>
    family === 'sqlite' ? parts.join(" || '|' || ") : `CONCAT(${parts.join(", '|', ")})`;
  return {
    things: `SELECT ${row(number('id'), text('name'), text('note'), number('big'))} FROM things`,
    marks: `SELECT ${row(number('id'), number('thing'), text('label'))} FROM marks`,
    bare: `SELECT ${row(number('a'), text('b'))} FROM bare`,
  };
}

function numbers(family: Name, count: number): string {
  switch (family) {
    case 'postgres':
      return `generate_series(1::bigint, ${count}) AS s (n)`;
    case 'mariadb':
      return `(SELECT seq AS n FROM seq_1_to_${count}) AS s`;
    case 'sqlite':
      return `(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT ${count}) SELECT n FROM c) AS s`;
  }
}

const HEX: Readonly<Record<Name, (column: string) => string>> = {
  postgres: (column) => `encode(convert_to(${column}, 'UTF8'), 'hex')`,
  mariadb: (column) => `LOWER(HEX(${column}))`,
  // HEX of nothing would be an empty text.
  sqlite: (column) => `CASE WHEN ${column} IS NULL THEN NULL ELSE lower(hex(${column})) END`,
};

/** The statistics stay as they are made up below. */
const WITHOUT_UPKEEP: Readonly<Record<Name, string>> = {
  postgres: ' WITH (autovacuum_enabled = false)',
  mariadb: ' STATS_PERSISTENT=1 STATS_AUTO_RECALC=0',
  sqlite: '',
};

/** Statistics that speak of a million rows: tables are cut into chunks by them. SQLite counts small files itself. */
const SEVERAL_CHUNKS: Readonly<Record<Name, string>> = {
  postgres: "UPDATE pg_class SET reltuples = 1000000, relpages = 100 WHERE oid = 'things'::regclass;",
  mariadb: `UPDATE mysql.innodb_table_stats SET n_rows = 1000000 WHERE database_name = DATABASE() AND table_name = 'things';
    FLUSH TABLE things;`,
  sqlite: '',
};
