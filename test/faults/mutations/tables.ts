// Tables of one type each, with values by a seed: what is migrated, and then changed behind Drover's back.

import type { Random } from '../seed.ts';
import type { Name } from '../servers.ts';

/** A column type of a source, and its values as the source's SQL. */
interface Typed {
  readonly type: string;
  readonly value: (random: Random) => string;
  /** Runs before the table is made. */
  readonly setup?: string;
}

export interface MutableTable {
  readonly name: string;
  /** As people know it, for the figures. */
  readonly type: string;
  /** Its key; empty where it has none and rows may be equal. */
  readonly key: readonly string[];
  readonly script: string;
}

const ROWS = 24;
/** Of the rows with a type of their own, one in six has no value. */
const NULLS = 6;

export function tablesOf(family: Name, random: Random): MutableTable[] {
  const typed = TYPES[family].map(({ type, value, setup }, index): MutableTable => {
    const name = `t${String(index).padStart(2, '0')}`;
    const rows = Array.from({ length: ROWS }, (_, i) => {
      const cell = i % NULLS === NULLS - 1 ? 'NULL' : value(random);
      return `(${i + 1}, ${cell}, ${random.below(1000)})`;
    });
    return {
      name,
      type,
      key: ['id'],
      script: `${setup ?? ''} CREATE TABLE ${name} (id integer NOT NULL PRIMARY KEY, v ${type}, w integer);
        INSERT INTO ${name} VALUES ${rows.join(', ')};`,
    };
  });
  return [...typed, twoKeys(random), textKey(random), noKey(random)];
}

function twoKeys(random: Random): MutableTable {
  const rows = Array.from({ length: ROWS }, (_, i) => `(${i >> 2}, '${'wxyz'[i & 3]}', ${random.below(1000)})`);
  return {
    name: 'paired',
    type: 'a key of two columns',
    key: ['a', 'b'],
    script: `CREATE TABLE paired (a integer NOT NULL, b varchar(10) NOT NULL, v integer, PRIMARY KEY (a, b));
      INSERT INTO paired VALUES ${rows.join(', ')};`,
  };
}

function textKey(random: Random): MutableTable {
  const rows = Array.from({ length: ROWS }, (_, i) => `('Key ${i}', ${random.below(1000)})`);
  return {
    name: 'named',
    type: 'a key of text',
    key: ['name'],
    script: `CREATE TABLE named (name varchar(20) NOT NULL PRIMARY KEY, v integer); INSERT INTO named VALUES ${rows.join(', ')};`,
  };
}

function noKey(random: Random): MutableTable {
  const rows = Array.from({ length: ROWS }, () => `('same ${random.below(6)}', ${random.below(3)})`);
  return {
    name: 'keyless',
    type: 'no key',
    key: [],
    script: `CREATE TABLE keyless (v varchar(20), n integer); INSERT INTO keyless VALUES ${rows.join(', ')};`,
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WORDS = ['Zoë', 'naïve', 'straße', 'Ωmega', '漢字', 'smile 😀', 'plain', 'O-Neill', 'tab and blank', 'x'];

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join('');
const sign = (random: Random): string => random.pick(['', '-']);
const integer =
  (bits: number, unsigned = false) =>
  (random: Random) => {
    const top = 2n ** BigInt(unsigned ? bits : bits - 1);
    const drawn = BigInt(`1${digits(random, 24)}`) % top;
    return random.below(8) === 0 ? `${top - 1n}` : `${unsigned ? '' : sign(random)}${drawn}`;
  };
const decimal = (whole: number, scale: number) => (random: Random) =>
  `${sign(random)}${1 + random.below(9)}${digits(random, random.below(whole))}.${digits(random, scale)}`;
const float = (random: Random): string => String((random.next() - 0.5) * 10 ** (random.below(20) - 8));
const float32 = (random: Random): string => String(Math.fround((random.next() - 0.5) * 10 ** (random.below(12) - 4)));
/** Numbers that both kinds of float hold exactly, and databases write as they are. */
const halves = (random: Random): string => `${sign(random)}${random.below(100_000)}.${random.pick(['5', '25', '125'])}`;
const word = (longest: number) => (random: Random) => {
  if (random.below(8) === 0) return "''";
  const letters = Array.from({ length: 1 + random.below(longest) }, () => LETTERS[random.below(LETTERS.length)]).join(
    '',
  );
  return `'${longest > 13 && random.below(2) === 0 ? random.pick(WORDS) : letters}'`;
};
const hex = (random: Random, bytes: number): string =>
  Array.from({ length: bytes }, () => random.below(256).toString(16).padStart(2, '0')).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const day = (random: Random): string =>
  `${1971 + random.below(60)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const clock = (random: Random): string => `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;
const micros = (random: Random): string => `.${digits(random, 5)}${1 + random.below(9)}`;
const quoted = (text: string): string => `'${text}'`;
const moment = (random: Random): string => quoted(`${day(random)} ${clock(random)}${micros(random)}`);
const uuid = (random: Random): string => {
  const text = hex(random, 16);
  return quoted(
    [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-'),
  );
};
const json = (random: Random): string =>
  quoted(`{"n": ${random.below(1000)}.5, "s": "${random.pick(WORDS)}", "l": [1, ${random.below(100)}, null, true]}`);
const label = (random: Random): string => random.pick(["'red'", "'green'", "'blue'"]);
const bits = (count: number) => (random: Random) => Array.from({ length: count }, () => random.below(2)).join('');

const TYPES: Readonly<Record<Name, readonly Typed[]>> = {
  postgres: [
    { type: 'boolean', value: (random) => random.pick(['true', 'false']) },
    { type: 'smallint', value: integer(16) },
    { type: 'integer', value: integer(32) },
    { type: 'bigint', value: integer(64) },
    { type: 'numeric(20,6)', value: decimal(12, 6) },
    { type: 'numeric', value: decimal(20, 9) },
    { type: 'real', value: float32 },
    { type: 'double precision', value: float },
    { type: 'text', value: word(60) },
    { type: 'varchar(40)', value: word(30) },
    { type: 'char(8)', value: word(8) },
    { type: 'bytea', value: (random) => `'\\x${hex(random, 1 + random.below(12))}'` },
    { type: 'date', value: (random) => quoted(day(random)) },
    { type: 'time', value: (random) => quoted(`${clock(random)}${micros(random)}`) },
    { type: 'timestamp', value: moment },
    { type: 'timestamptz', value: (random) => `${moment(random).slice(0, -1)}+00'` },
    { type: 'interval', value: (random) => quoted(`${random.below(90)} days ${clock(random)}${micros(random)}`) },
    { type: 'uuid', value: uuid },
    { type: 'jsonb', value: json },
    { type: 'bit(8)', value: (random) => `B'${bits(8)(random)}'` },
    { type: 'integer[]', value: (random) => `'{${random.below(100)},NULL,${random.below(1000)}}'` },
    { type: 'mood', setup: "CREATE TYPE mood AS ENUM ('red', 'green', 'blue');", value: label },
  ],
  mariadb: [
    { type: 'tinyint', value: integer(8) },
    { type: 'smallint unsigned', value: integer(16, true) },
    { type: 'mediumint', value: integer(24) },
    { type: 'int', value: integer(32) },
    { type: 'bigint', value: integer(64) },
    { type: 'bigint unsigned', value: integer(64, true) },
    { type: 'decimal(20,6)', value: decimal(12, 6) },
    { type: 'decimal(12,2)', value: decimal(8, 2) },
    { type: 'float', value: halves },
    { type: 'double', value: float },
    { type: 'char(8)', value: word(8) },
    { type: 'varchar(40)', value: word(30) },
    { type: 'text', value: word(60) },
    { type: 'varbinary(20)', value: (random) => `x'${hex(random, 1 + random.below(12))}'` },
    { type: 'blob', value: (random) => `x'${hex(random, 1 + random.below(12))}'` },
    { type: 'date', value: (random) => quoted(day(random)) },
    { type: 'time(6)', value: (random) => quoted(`${clock(random)}${micros(random)}`) },
    { type: 'datetime(6)', value: moment },
    { type: 'timestamp(6) NULL', value: moment },
    { type: 'year', value: (random) => String(1901 + random.below(250)) },
    { type: 'bit(8)', value: (random) => `b'${bits(8)(random)}'` },
    { type: "enum('red','green','blue')", value: label },
    { type: "set('red','green','blue')", value: (random) => random.pick(["'red'", "'red,blue'", "'green,blue'"]) },
    { type: 'json', value: json },
    { type: 'uuid', value: uuid },
  ],
  sqlite: [
    { type: 'INTEGER', value: integer(64) },
    { type: 'INT', value: integer(32) },
    { type: 'BOOLEAN', value: (random) => random.pick(['0', '1']) },
    { type: 'REAL', value: float },
    { type: 'DOUBLE PRECISION', value: float },
    { type: 'DECIMAL(12,2)', value: decimal(8, 2) },
    { type: 'TEXT', value: word(60) },
    { type: 'VARCHAR(40)', value: word(30) },
    { type: 'CHAR(8)', value: word(8) },
    { type: 'BLOB', value: (random) => `x'${hex(random, 1 + random.below(12))}'` },
    { type: 'DATE', value: (random) => quoted(day(random)) },
    { type: 'DATETIME', value: moment },
    { type: 'TIME', value: (random) => quoted(`${clock(random)}${micros(random)}`) },
    { type: 'UUID', value: uuid },
    { type: 'JSON', value: json },
  ],
};
