// One change behind Drover's back, and what a verification must say of it: the table, the key, the column, and nothing else.

import type { LogicalType } from '../../../src/shared/model/logical-type.ts';
import type { Difference } from '../../../src/shared/model/report.ts';
import type { Random } from '../seed.ts';
import type { Name } from '../servers.ts';
import { literalOf, type Row } from './cells.ts';
import { smallestChange } from './smallest.ts';
import type { MutableTable } from './tables.ts';

/** What a difference must be called; of a table without a key the key is the digest of a row, which only Drover knows. */
export type Expected = Pick<Difference, 'kind' | 'column'> & { readonly key: Difference['key'] | null };

export interface Mutation {
  readonly kind: string;
  /** Statements of the target's family. The table's rows are kept in a table named `kept_…`. */
  readonly sql: string;
  readonly expected: readonly Expected[];
}

export interface Target {
  readonly family: Name;
  readonly table: MutableTable;
  /** Of the target's column. */
  readonly type: LogicalType;
  readonly rows: readonly Row[];
}

export function mutationOf(target: Target, random: Random): Mutation {
  const choices = target.table.key.length === 0 ? KEYLESS : KEYED;
  for (;;) {
    const mutation = random.pick(choices)(target, random);
    if (mutation) return mutation;
  }
}

type Make = (target: Target, random: Random) => Mutation | null;

function deleted({ table, rows }: Target, random: Random): Mutation {
  const { key } = random.pick(rows);
  return {
    kind: 'a row deleted',
    sql: `DELETE FROM ${table.name} WHERE ${at(table, key)}`,
    expected: [{ kind: 'missing', key: named(table, key), column: null }],
  };
}

function added({ table, rows }: Target, random: Random): Mutation {
  const { key } = random.pick(rows);
  const other = movedKey(table, key);
  const columns = [...table.key.map((_, i) => quote(other[i]!)), ...(table.key[0] === 'id' ? ['v', 'w'] : ['v'])];
  return {
    kind: 'a row more',
    sql: `INSERT INTO ${table.name} SELECT ${columns.join(', ')} FROM kept_${table.name} WHERE ${at(table, key)}`,
    expected: [{ kind: 'extra', key: named(table, other), column: null }],
  };
}

function moved({ table, rows }: Target, random: Random): Mutation {
  const { key } = random.pick(rows);
  const other = movedKey(table, key);
  const sets = table.key.map((column, i) => `${column} = ${quote(other[i]!)}`);
  return {
    kind: 'a row moved to another key',
    sql: `UPDATE ${table.name} SET ${sets.join(', ')} WHERE ${at(table, key)}`,
    expected: [
      { kind: 'missing', key: named(table, key), column: null },
      { kind: 'extra', key: named(table, other), column: null },
    ],
  };
}

function swapped({ table, rows }: Target, random: Random): Mutation | null {
  const one = random.pick(rows);
  const other = random.pick(rows);
  if (one.cell?.text === other.cell?.text) return null;
  return {
    kind: 'two values swapped',
    sql: [`${setTo(table, one.key, other.key)}`, `${setTo(table, other.key, one.key)}`].join('; '),
    expected: [one, other].map(({ key }) => changedCell(table, key)),
  };
}

function changed({ family, table, type, rows }: Target, random: Random): Mutation | null {
  const { key, cell } = random.pick(rows);
  const near = cell && smallestChange(type, cell.text, random);
  if (!near) return null;
  const value = literalOf(family, type, { ...cell, text: near.text });
  return {
    kind: near.kind,
    sql: `UPDATE ${table.name} SET v = ${value} WHERE ${at(table, key)}`,
    expected: [changedCell(table, key)],
  };
}

function madeNull({ table, rows }: Target, random: Random): Mutation | null {
  const { key, cell } = random.pick(rows);
  if (!cell) return null;
  return {
    kind: cell.text === '' ? 'the empty text made NULL' : 'a value made NULL',
    sql: `UPDATE ${table.name} SET v = NULL WHERE ${at(table, key)}`,
    expected: [changedCell(table, key)],
  };
}

function noLongerNull({ table, type, rows }: Target, random: Random): Mutation | null {
  const none = rows.find(({ cell }) => cell === null);
  const other = random.pick(rows);
  if (!none || !other.cell) return null;
  const text = type.kind === 'text';
  return {
    kind: text ? 'NULL made the empty text' : 'NULL made a value',
    sql: text ? `UPDATE ${table.name} SET v = '' WHERE ${at(table, none.key)}` : setTo(table, none.key, other.key),
    expected: [changedCell(table, none.key)],
  };
}

const KEYED: readonly Make[] = [
  deleted,
  added,
  moved,
  swapped,
  changed,
  changed,
  changed,
  changed,
  madeNull,
  noLongerNull,
];

/** One of several equal rows: each family has its own way to speak of it. */
function onlyOne(family: Name, table: string, condition: string): string {
  switch (family) {
    case 'postgres':
      return `WHERE ctid = (SELECT min(ctid) FROM ${table} WHERE ${condition})`;
    case 'mariadb':
      return `WHERE ${condition} LIMIT 1`;
    case 'sqlite':
      return `WHERE rowid = (SELECT min(rowid) FROM ${table} WHERE ${condition})`;
  }
}

const oneLess: Make = ({ family, table, rows }, random) => ({
  kind: 'one of equal rows deleted',
  sql: `DELETE FROM ${table.name} ${onlyOne(family, table.name, holding(random.pick(rows)))}`,
  expected: [{ kind: 'missing', key: null, column: null }],
});

const oneMore: Make = ({ table, rows }, random) => {
  const { cell } = random.pick(rows);
  return {
    kind: 'an equal row more',
    sql: `INSERT INTO ${table.name} SELECT * FROM kept_${table.name} WHERE ${holding({ cell })} LIMIT 1`,
    expected: [{ kind: 'extra', key: null, column: null }],
  };
};

const oneChanged: Make = ({ family, table, type, rows }, random) => {
  const { cell } = random.pick(rows);
  const near = cell && smallestChange(type, cell.text, random);
  if (!near) return null;
  return {
    kind: near.kind,
    sql: `UPDATE ${table.name} SET v = ${quote(near.text)} ${onlyOne(family, table.name, holding({ cell }))}`,
    expected: [
      { kind: 'missing', key: null, column: null },
      { kind: 'extra', key: null, column: null },
    ],
  };
};

const KEYLESS: readonly Make[] = [oneLess, oneMore, oneChanged];

function holding({ cell }: Pick<Row, 'cell'>): string {
  return `v = ${quote(cell!.text)}`;
}

/** To the value that another row had before. */
function setTo(table: MutableTable, key: readonly string[], other: readonly string[]): string {
  const theirs = table.key.map((column, i) => `k.${column} = ${quote(other[i]!)}`).join(' AND ');
  return `UPDATE ${table.name} SET v = (SELECT k.v FROM kept_${table.name} k WHERE ${theirs}) WHERE ${at(table, key)}`;
}

/** Near the old one: a text key only gets a blank more, or a letter of the other case. */
function movedKey({ key }: MutableTable, old: readonly string[]): string[] {
  if (key[0] === 'id') return [String(Number(old[0]) + 100_000)];
  if (key[0] === 'name') return [`${old[0]!.toLowerCase()} `];
  return [old[0]!, `${old[1]}v`];
}

function changedCell(table: MutableTable, key: readonly string[]): Expected {
  return { kind: 'changed', key: named(table, key), column: 'v' };
}

function named({ key }: MutableTable, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(key.map((column, i) => [column, values[i]!]));
}

function at({ key }: MutableTable, values: readonly string[]): string {
  return key.map((column, i) => `${column} = ${quote(values[i]!)}`).join(' AND ');
}

function quote(text: string): string {
  return /^-?\d+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
