// Computed columns: what the source makes for the target beyond its own columns, in words and in edits.

import type { Family } from '../../../../shared/model/connection.ts';
import type { ColumnMapping, ColumnOrigin, TableMapping } from '../../../../shared/model/mapping.ts';
import { type ColumnAt, type Edit, freeAmong, nameOf, onColumn, onTable, skipColumn } from './edits.ts';
import { keysOf } from './keys.ts';

export type OriginKind = ColumnOrigin['kind'];

/** What a list says behind the name of such a column, and the sign before it. */
export const originWords: Readonly<Record<OriginKind, { readonly sign: string; readonly word: string }>> = {
  expression: { sign: 'ƒ', word: 'expression' },
  constant: { sign: '=', word: 'constant' },
  sequence: { sign: '#', word: 'numbered' },
};

/** "constant ‘eu’", "numbered from 1", or the expression itself. */
export function originText(from: ColumnOrigin): string {
  switch (from.kind) {
    case 'expression':
      return from.sql.replace(/\s+/g, ' ').trim();
    case 'constant':
      return from.value === null ? 'constant NULL' : `constant ‘${from.value}’`;
    case 'sequence':
      return `numbered from ${from.start ?? 1}`;
  }
}

/** A column of this kind under a name that neither side has; its type is for the target to propose. */
export function newComputed(
  kind: OriginKind,
  mapping: TableMapping,
  sourceColumns: readonly string[],
  family: Family,
): Omit<ColumnMapping, 'type'> {
  const wanted = { expression: 'computed', constant: 'constant', sequence: 'new_id' }[kind];
  const taken = mapping.columns.flatMap(({ source, target }) => [source, target]);
  const name = freeAmong(wanted, [...taken, ...sourceColumns]);
  return { source: name, from: beginning(kind, sourceColumns, family), target: name };
}

/** Something that every source takes, until a person says what it is. */
function beginning(kind: OriginKind, columns: readonly string[], family: Family): ColumnOrigin {
  if (kind === 'expression') return { kind, sql: columns.length > 0 ? quoted(columns.at(-1)!, family) : '1' };
  return kind === 'constant' ? { kind, value: '' } : { kind };
}

/** As the source wants it: bare where it can be, so that it reads as people write it. */
function quoted(name: string, family: Family): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return name;
  return family === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}

export function addComputed(table: string, column: ColumnMapping): Edit {
  return onTable(`Add ${table}.${column.source}`, table, (mapping) => ({
    ...mapping,
    columns: [...mapping.columns, column],
  }));
}

/** With a type where that follows what is computed. */
export function setOrigin(at: ColumnAt, from: ColumnOrigin, type?: string): Edit {
  return onColumn(`Change what ${nameOf(at)} is computed from`, at, (column) =>
    JSON.stringify(column.from) === JSON.stringify(from) && (type === undefined || type === column.type)
      ? column
      : { ...column, from, ...(type === undefined ? {} : { type }) },
  );
}

/** A computed column goes altogether: it is nowhere but in the project. */
export function removeColumn({ table, column }: ColumnAt): Edit {
  return onTable(`Remove ${table}.${column}`, table, (mapping) => {
    const place = keysOf(mapping.columns).indexOf(column);
    return place < 0 ? mapping : { ...mapping, columns: mapping.columns.toSpliced(place, 1) };
  });
}

/** What Delete means: a column of the source is left out, a computed one is gone. */
export function takenOut(at: ColumnAt, { from }: ColumnMapping): Edit {
  return from ? removeColumn(at) : skipColumn(at, true);
}
