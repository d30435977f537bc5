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

/** Rows go into `things` and `marks`, some over others, and then they are as in the source; `bare` is so already. */
export function targetToMerge(family: Name): string {
  return `
    CREATE TABLE things (id integer PRIMARY KEY, name varchar(60), note varchar(40), big bigint);
    CREATE TABLE marks (id integer PRIMARY KEY, thing integer, label varchar(20), CONSTRAINT marks_label UNIQUE (label),
      CONSTRAINT marks_thing FOREIGN KEY (thing) REFERENCES things (id));
    CREATE TABLE bare (a integer, b varchar(20)); ${rowsOf.bare(family)};
    CREATE TABLE other (a integer); INSERT INTO other VALUES (1);
    ${SEEN}
    INSERT INTO things VALUES (7, 'before', NULL, 1); INSERT INTO marks VALUES (1, 7, 'a'), (2, 7, 'b');`;
}

/** They keep their place, for what hangs on them; `bare` is new, and one of the rows that go has the label of one that comes. */
export function targetToRefill(family: Exclude<Name, 'sqlite'>): string {
  return `
    CREATE TABLE things (id integer PRIMARY KEY, name varchar(60), note varchar(40), big bigint);
    CREATE TABLE marks (id integer PRIMARY KEY, thing integer, label varchar(20), CONSTRAINT marks_label UNIQUE (label),
      CONSTRAINT marks_thing FOREIGN KEY (thing) REFERENCES things (id));
    CREATE TABLE fired (what integer);
    INSERT INTO things VALUES (7, 'before', NULL, 1); INSERT INTO marks VALUES (-3, 7, 'm9'), (2, 7, 'b');
    ${SEEN} ${REFERRING} ${STAYING[family]}`;
}

const STAYING: Readonly<Record<Exclude<Name, 'sqlite'>, string>> = {
  postgres: 'CREATE MATERIALIZED VIEW labels AS SELECT label FROM marks JOIN things ON things.id = thing;',
  mariadb: 'CREATE TRIGGER told AFTER INSERT ON marks FOR EACH ROW SET @told = NEW.id;',
};

export const MERGING = ['--mode', 'upsert', '--tables', 'things,marks'] as const;

/**
 * Which of the two worlds the target shows, by its tables and by a view on a view: asked in one statement, so that it
 * can't change between the answers.
 */
export const WORLD = 'SELECT (SELECT max(id) FROM things), (SELECT max(id) FROM marks), things, marks FROM seen';
export const OLD_WORLD = '7 2 1 2';
export const NEW_WORLD = `${THINGS} ${MARKS} ${THINGS} ${MARKS}`;

const SEEN = `
  CREATE VIEW seen_first AS SELECT (SELECT count(*) FROM things) AS things, (SELECT count(*) FROM marks) AS marks;
  CREATE VIEW seen AS SELECT things, marks FROM seen_first;`;

const REFERRING = `
  CREATE TABLE other (a integer, CONSTRAINT other_thing FOREIGN KEY (a) REFERENCES things (id)); INSERT INTO other VALUES (7);`;

/** What Drover takes along from the old tables to the new ones; foreign keys of others and triggers not on MariaDB. */
const HANGING: Readonly<Record<Name, string>> = {
  postgres: `${REFERRING}
    CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO fired VALUES (1); RETURN NEW; END';
    CREATE TRIGGER told AFTER INSERT ON marks FOR EACH ROW EXECUTE FUNCTION tell();
    CREATE TRIGGER silent AFTER INSERT ON marks FOR EACH ROW EXECUTE FUNCTION tell();
    ALTER TABLE marks DISABLE TRIGGER silent;
    CREATE RULE noted AS ON DELETE TO things DO ALSO INSERT INTO fired VALUES (2);
    ALTER TABLE things ENABLE ROW LEVEL SECURITY;
    CREATE POLICY odd ON things FOR SELECT TO pg_monitor USING (id > 0);
    CREATE FUNCTION counted() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM marks; END;
    GRANT SELECT ON things TO pg_monitor;
    CREATE PUBLICATION outward FOR TABLE things (id), marks;`,
  mariadb: 'CREATE TABLE other (a integer); INSERT INTO other VALUES (7);',
  sqlite: `${REFERRING}
    CREATE TRIGGER told AFTER INSERT ON marks BEGIN INSERT INTO fired VALUES (1); END;`,
};

/** `things` and `marks` are replaced, `bare` is new, `other` and `fired` have no part in it. */
export function targetScript(family: Name): string {
  return `
    CREATE TABLE things (id integer PRIMARY KEY, old varchar(10)); INSERT INTO things VALUES (7, 'before');
    CREATE TABLE marks (id integer PRIMARY KEY, was varchar(10)); INSERT INTO marks VALUES (1, 'a'), (2, 'b');
    CREATE TABLE fired (what integer);
    ${SEEN}
    ${HANGING[family]}`;
}

/** The same of an ordinary user: what hangs on tables may belong to somebody else. */
export const PLAIN_TARGET = `
  CREATE TABLE things (id integer PRIMARY KEY, old varchar(10)); INSERT INTO things VALUES (7, 'before');
  CREATE TABLE marks (id integer PRIMARY KEY, was varchar(10)); INSERT INTO marks VALUES (1, 'a'), (2, 'b');
  CREATE TABLE other (a integer); INSERT INTO other VALUES (7);
  ${SEEN}`;

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
