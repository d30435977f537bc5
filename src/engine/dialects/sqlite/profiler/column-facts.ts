// What a table's declaration promises of its columns, so that a scan need not find it out value by value.

import type { Database } from 'better-sqlite3';
import type { ProfileRequest } from '../../session.ts';
import { physicalName } from '../names.ts';
import { rowidAlias } from '../rowid.ts';
import { reference } from '../scan.ts';
import { quote } from '../syntax.ts';

export interface ColumnFacts {
  /** It is the rowid: an integer in every row. */
  readonly isRowid: boolean;
  readonly mayBeNull: boolean;
  /** The least and the greatest value in SQL, read off an index of all rows; null where there is none. */
  readonly ends: readonly [string, string] | null;
}

export type FactsOf = (column: string) => ColumnFacts;

const NOTHING_KNOWN: ColumnFacts = { isRowid: false, mayBeNull: true, ends: null };

export function columnFacts(db: Database, { table, filter }: ProfileRequest): FactsOf {
  if (table.query !== undefined) return () => NOTHING_KNOWN;
  const name = physicalName(table);
  const columns = db.prepare('SELECT name, "notnull" AS required FROM pragma_table_info(?)').all(name) as {
    readonly name: string;
    readonly required: number;
  }[];
  const alias = rowidAlias(db, name);
  const indexed = new Set(db.prepare(FIRST_COLUMNS).pluck().all(name) as string[]);
  const facts = new Map(
    columns.map((column) => {
      const isRowid = column.name === alias;
      const c = quote(column.name);
      const ends =
        filter === null && (isRowid || indexed.has(column.name))
          ? ([`(SELECT min(${c}) FROM ${reference(table)})`, `(SELECT max(${c}) FROM ${reference(table)})`] as const)
          : null;
      return [column.name, { isRowid, mayBeNull: !isRowid && column.required === 0, ends }];
    }),
  );
  return (column) => facts.get(column) ?? NOTHING_KNOWN;
}

/** Of indexes over all rows; a negative number stands for an expression or the rowid. */
const FIRST_COLUMNS = `
  SELECT part.name FROM pragma_index_list(?) AS list, pragma_index_xinfo(list.name) AS part
  WHERE list.partial = 0 AND part.seqno = 0 AND part.cid >= 0`;
