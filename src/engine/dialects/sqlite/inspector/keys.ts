// Keys, indexes and foreign keys of one table, with names made up where the owner gave none.

import type { Check, ForeignKey, Index, Key, ReferentialAction } from '../../../../shared/model/catalog.ts';
import { madeUpName } from '../names.ts';
import { parseIndex } from '../schema/index-parser.ts';
import type { ParsedTable } from '../schema/schema-parser.ts';
import type { ColumnRow, ForeignKeyRow, IndexPartRow } from './rows.ts';

export function primaryKeyOf(table: string, columns: readonly ColumnRow[], parsed: ParsedTable | null): Key | null {
  const parts = columns.filter((row) => row.pk > 0).sort((a, b) => a.pk - b.pk);
  if (parts.length === 0) return null;
  return { name: parsed?.primaryKey?.name ?? madeUpName('pk', table, []), columns: parts.map((row) => row.name) };
}

export function uniquesOf(table: string, parts: readonly IndexPartRow[], parsed: ParsedTable | null): Key[] {
  const names = new Names();
  return grouped(parts)
    .filter(([first]) => first!.origin === 'u')
    .map((rows) => {
      const columns = rows.map((row) => row.column ?? '');
      const written = parsed?.uniques.find(({ columns: each }) => sameNames(each, columns));
      return { name: names.free(written?.name ?? madeUpName('uq', table, columns)), columns };
    });
}

/** `sql` gives the text of CREATE INDEX by the index's name. */
export function indexesOf(parts: readonly IndexPartRow[], sql: ReadonlyMap<string, string | null>): Index[] {
  return grouped(parts)
    .filter(([first]) => first!.origin === 'c')
    .map((rows) => {
      const { index: name, unique } = rows[0]!;
      const parsed = parseIndex(sql.get(name) ?? '');
      return {
        name,
        unique: unique === 1,
        parts: rows.map((row, i) => part(row, parsed?.parts[i] ?? '')),
        method: 'btree',
        where: parsed?.where ?? null,
        include: [],
        nullsNotDistinct: false,
      };
    });
}

/** A collation of the index's own is an expression: the column alone would compare otherwise. */
function part(row: IndexPartRow, written: string): Index['parts'][number] {
  const collated = /\sCOLLATE\s/i.test(written);
  const plain = row.column !== null && !collated;
  return {
    column: plain ? row.column : null,
    expression: plain ? null : written,
    prefix: null,
    descending: row.desc === 1,
  };
}

export function foreignKeysOf(
  table: string,
  rows: readonly ForeignKeyRow[],
  parsed: ParsedTable | null,
  keyOf: (table: string) => { readonly table: string; readonly columns: readonly string[] } | null,
): ForeignKey[] {
  const names = new Names();
  const groups = [...Map.groupBy(rows, (row) => row.id).values()];
  // The pragma numbers them from the last to the first.
  return groups.reverse().map((parts, position) => {
    const columns = parts.map((row) => row.from);
    const written =
      matching(parsed, position, columns) ?? parsed?.foreignKeys.find((each) => sameNames(each.columns, columns));
    const first = parts[0]!;
    const parent = keyOf(first.parent);
    return {
      name: names.free(written?.name ?? madeUpName('fk', table, columns)),
      columns,
      references: {
        schema: null,
        table: parent?.table ?? first.parent,
        columns: parts.map((row, i) => row.to ?? parent?.columns[i] ?? ''),
      },
      onDelete: first.on_delete.toLowerCase() as ReferentialAction,
      onUpdate: first.on_update.toLowerCase() as ReferentialAction,
      deferrable: written?.deferrable ?? false,
      ...(written?.deferrable ? { initiallyDeferred: true } : {}),
    };
  });
}

export function checksOf(table: string, parsed: ParsedTable | null): Check[] {
  const names = new Names();
  return (parsed?.checks ?? []).map(({ name, expression }, i) => ({
    name: names.free(name ?? madeUpName('ck', table, [i + 1])),
    expression,
  }));
}

function matching(parsed: ParsedTable | null, position: number, columns: readonly string[]) {
  const written = parsed?.foreignKeys[position];
  return written && sameNames(written.columns, columns) ? written : undefined;
}

function grouped(parts: readonly IndexPartRow[]): IndexPartRow[][] {
  return [...Map.groupBy(parts, (row) => row.index).values()];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name.toLowerCase() === b[i]!.toLowerCase());
}

/** Two constraints of one table never get the same name. */
class Names {
  readonly #taken = new Set<string>();

  free(name: string): string {
    let free = name;
    for (let i = 2; this.#taken.has(free.toLowerCase()); i++) free = `${name}_${i}`;
    this.#taken.add(free.toLowerCase());
    return free;
  }
}
