// Uses: what a table of the mapping is read from, tables that are added to it, and which rows of them move.

import { count } from '../../../../shared/format.ts';
import type { DeclaredKeys, Project, RowLimit, TableMapping } from '../../../../shared/model/mapping.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { type Edit, freeAmong, onTable, set } from './edits.ts';
import { keysOf } from './keys.ts';

/** table: as it stands. again: under another name. The others are read in place of a table. */
export type Reading = 'table' | 'again' | 'view' | 'query';

export function readingOf({ source, table, query }: TableMapping, overview: Overview | null): Reading {
  if (query !== undefined) return 'query';
  if (isView(table ?? source, overview)) return 'view';
  return table === undefined ? 'table' : 'again';
}

export const readingWords: Readonly<Record<Exclude<Reading, 'table'>, string>> = {
  again: 'another use of a table',
  view: 'a view',
  query: 'a SELECT',
};

export function isView(name: string, overview: Overview | null): boolean {
  if (!overview) return false;
  const views = remembered.get(overview) ?? new Set(viewsOf(overview));
  remembered.set(overview, views);
  return views.has(name);
}

/** Ten thousand tables ask the same. */
const remembered = new WeakMap<Overview, ReadonlySet<string>>();

export function viewsOf({ objects }: Overview): string[] {
  return objects.filter(({ kind }) => isViewKind(kind)).map(({ name }) => name);
}

function isViewKind(kind: string): boolean {
  return kind === 'view' || kind === 'materialized view';
}

/** Table or view of the source that this reads; null for a SELECT. */
export function readsFrom({ source, table, query }: TableMapping): string | null {
  return query === undefined ? (table ?? source) : null;
}

/** Other tables of the mapping that are fed by the same table, by their keys. */
export function otherUses(tables: readonly TableMapping[], key: string): string[] {
  const keys = keysOf(tables);
  const own = tables[keys.indexOf(key)];
  const from = own && readsFrom(own);
  if (!from) return [];
  return keys.filter((other, i) => other !== key && readsFrom(tables[i]!) === from);
}

/** "only the first 100 rows", "only every 10th row"; null where all move. */
export function limitWords(limit: RowLimit | undefined): string | null {
  if (!limit) return null;
  if (limit.kind === 'every') return `only every ${ordinal(limit.nth)} row`;
  return limit.rows === 1 ? 'only the first row' : `only the first ${count(limit.rows)} rows`;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${count(n)}${ending}`;
}

/** Names by which an added table can go, in the project and in the target. */
export function freeTableNames(
  wanted: { readonly source: string; readonly target: string },
  tables: readonly TableMapping[],
  inSource: readonly string[],
): { readonly source: string; readonly target: string } {
  return {
    source: freeAmong(wanted.source, [...tables.map(({ source }) => source), ...inSource]),
    target: freeAmong(
      wanted.target,
      tables.map(({ target }) => target),
    ),
  };
}

export function addTable(mapping: TableMapping): Edit {
  return {
    what: `Add table ${mapping.source}`,
    edit: (project) => ({ ...project, tables: [...project.tables, mapping] }),
  };
}

export function removeTable(table: string): Edit {
  return {
    what: `Remove table ${table}`,
    edit: (project: Project) => {
      const place = keysOf(project.tables).indexOf(table);
      return place < 0 ? project : { ...project, tables: project.tables.toSpliced(place, 1) };
    },
  };
}

/** The columns that it gives stay mapped; those it gives no more are the plan's to tell. */
export function setQuery(table: string, query: string): Edit {
  return onTable(`Change the SELECT of ${table}`, table, (mapping) =>
    query.trim() === '' ? mapping : set(mapping, { query }),
  );
}

export function setRowKey(table: string, columns: readonly string[]): Edit {
  const rowKey = columns.length === 0 ? undefined : [...columns];
  return onTable(`Tell the rows of ${table} apart by ${columns.join(', ') || 'nothing'}`, table, (mapping) =>
    JSON.stringify(mapping.rowKey) === JSON.stringify(rowKey) ? mapping : set(mapping, { rowKey }),
  );
}

/** null: all rows move. */
export function setLimit(table: string, limit: RowLimit | null): Edit {
  const what = limit ? `Move ${limitWords(limit)} of ${table}` : `Move all rows of ${table}`;
  return onTable(what, table, (mapping) =>
    JSON.stringify(mapping.limit) === JSON.stringify(limit ?? undefined)
      ? mapping
      : set(mapping, { limit: limit ?? undefined }),
  );
}

export type KeyKind = Exclude<keyof DeclaredKeys, 'without'>;

/** null: as in the source, foreign keys with those that were left out. */
export function setKey<K extends KeyKind>(table: string, kind: K, value: DeclaredKeys[K] | null): Edit {
  const words = { primary: 'primary key', unique: 'unique keys', references: 'foreign keys' }[kind];
  return onTable(`Change the ${words} of ${table}`, table, (mapping) => {
    const before = mapping.keys ?? {};
    const all = kind === 'references' && value === null ? { without: undefined } : {};
    const keys = set(before, { ...all, [kind]: value ?? undefined } as Partial<DeclaredKeys>);
    if (JSON.stringify(keys) === JSON.stringify(before)) return mapping;
    return set(mapping, { keys: Object.keys(keys).length === 0 ? undefined : keys });
  });
}
