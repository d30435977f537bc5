// Edits: everything a person can do to a mapping, each with the words that undo says it with.

import type { ColumnMapping, OnConflict, Project, TableMapping, TableMode } from '../../../../shared/model/mapping.ts';
import type { ErrorPolicy } from '../../../../shared/model/quarantine.ts';
import { withNamesCarried } from '../../../../shared/renaming.ts';
import { keysOf } from './keys.ts';

export interface Edit {
  readonly what: string;
  /** Gives back the very same project when there is nothing to do. */
  readonly edit: (project: Project) => Project;
}

/** A column by the keys of its table and of itself. */
export interface ColumnAt {
  readonly table: string;
  readonly column: string;
}

export function renameTable(table: string, to: string): Edit {
  return carrying(onTable(`Rename table ${table} to ${to}`, table, (mapping) => set(mapping, { target: to })));
}

export function skipTable(table: string, skip: boolean): Edit {
  return onTable(`${skip ? 'Leave out' : 'Take'} table ${table}`, table, (mapping) =>
    set(mapping, { skip: skip || undefined }),
  );
}

/** null: as the project says for all tables. */
export function setMode(table: string, mode: TableMode | null): Edit {
  const words = mode === null ? 'as the project says' : mode;
  return onTable(`Set the mode of ${table} to ${words}`, table, (mapping) => set(mapping, { mode: mode ?? undefined }));
}

/** null: as the project says for all tables, which is to update when it says nothing. */
export function setOnConflict(table: string, onConflict: OnConflict | null): Edit {
  const what = `Change what becomes of rows of ${table} whose key stands there already`;
  return onTable(what, table, (mapping) => set(mapping, { onConflict: onConflict ?? undefined }));
}

/** Empty: the key of the table that stands there. */
export function setKey(table: string, key: readonly string[]): Edit {
  const kept = key.length > 0 ? [...key] : undefined;
  return onTable(`Set the key of ${table}`, table, (mapping) => set(mapping, { key: kept }));
}

export function setProjectMode(mode: TableMode): Edit {
  const kept = mode === 'create' ? undefined : mode;
  return { what: `Set the mode of all tables to ${mode}`, edit: (project) => set(project, { mode: kept }) };
}

export function setProjectOnConflict(onConflict: OnConflict): Edit {
  const kept = onConflict === 'update' ? undefined : onConflict;
  const what = 'Change what becomes of rows whose key stands there already';
  return { what, edit: (project) => set(project, { onConflict: kept }) };
}

/** null: as the project says for all tables. */
export function setErrors(table: string, errors: ErrorPolicy | null): Edit {
  const what = `Change what becomes of rows of ${table} that can’t be moved`;
  return onTable(what, table, (mapping) => set(mapping, { errors: errors ?? undefined }));
}

export function setProjectErrors(errors: ErrorPolicy): Edit {
  const kept = errors.onError === 'stop' ? undefined : errors;
  return { what: 'Change what becomes of rows that can’t be moved', edit: (project) => set(project, { errors: kept }) };
}

export function setFilter(table: string, filter: string): Edit {
  const kept = filter.trim() === '' ? undefined : filter;
  return onTable(kept === undefined ? `Remove the filter of ${table}` : `Filter ${table}`, table, (mapping) =>
    set(mapping, { filter: kept }),
  );
}

export function renameColumn(at: ColumnAt, to: string): Edit {
  return carrying(onColumn(`Rename ${nameOf(at)} to ${to}`, at, (column) => set(column, { target: to })));
}

export function retype(at: ColumnAt, type: string): Edit {
  return onColumn(`Change the type of ${nameOf(at)} to ${type}`, at, (column) => set(column, { type }));
}

export function skipColumn(at: ColumnAt, skip: boolean): Edit {
  return onColumn(`${skip ? 'Leave out' : 'Take'} ${nameOf(at)}`, at, (column) =>
    set(column, { skip: skip || undefined }),
  );
}

export function nullMisfits(at: ColumnAt, nulled: boolean): Edit {
  return onColumn(
    nulled ? `Let misfits of ${nameOf(at)} become NULL` : `Refuse misfits of ${nameOf(at)}`,
    at,
    (column) => set(column, { unrepresentable: nulled ? 'null' : undefined }),
  );
}

/** null: as the source column. */
export function setNullable(at: ColumnAt, nullable: boolean | null): Edit {
  const words = nullable === null ? 'NULL as in the source' : nullable ? 'NULL' : 'no NULL';
  return onColumn(`Allow ${words} in ${nameOf(at)}`, at, (column) => set(column, { nullable: nullable ?? undefined }));
}

/** The target column takes its values from this source column; one that was left out is taken. */
export function connect(at: ColumnAt, source: string): Edit {
  return onColumn(`Connect ${at.table}.${source} to ${at.column}`, at, (column) =>
    set(column, { source, skip: undefined, from: undefined }),
  );
}

/** A source column that was not mapped gets a target column of its own, at the end. */
export function addColumn(table: string, column: ColumnMapping): Edit {
  return onTable(`Add ${table}.${column.source}`, table, (mapping) => ({
    ...mapping,
    columns: [...mapping.columns, { ...column, target: freeName(column.target, mapping) }],
  }));
}

/** Puts a target column at another place among the columns of its table. */
export function moveColumn(at: ColumnAt, to: number): Edit {
  return onTable(`Move ${nameOf(at)}`, at.table, (mapping) => {
    const from = keysOf(mapping.columns).indexOf(at.column);
    const place = Math.max(0, Math.min(mapping.columns.length - 1, to));
    if (from < 0 || from === place) return mapping;
    const columns = mapping.columns.toSpliced(from, 1);
    return { ...mapping, columns: columns.toSpliced(place, 0, mapping.columns[from]!) };
  });
}

export function nameOf({ table, column }: ColumnAt): string {
  return `${table}.${column}`;
}

/** Keys, rules and lookups that speak of it by its name go on to speak of it. */
function carrying({ what, edit }: Edit): Edit {
  return {
    what,
    edit: (project) => {
      const after = edit(project);
      return after === project ? project : withNamesCarried(project, after);
    },
  };
}

function freeName(wanted: string, { columns }: TableMapping): string {
  return freeAmong(
    wanted,
    columns.map(({ target }) => target),
  );
}

/** The name itself, or with a number behind it. Case makes no difference to most databases. */
export function freeAmong(wanted: string, names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
  return name;
}

export function onTable(what: string, table: string, change: (mapping: TableMapping) => TableMapping): Edit {
  return {
    what,
    edit: (project) => {
      const index = keysOf(project.tables).indexOf(table);
      const before = project.tables[index];
      const after = before && change(before);
      return !after || after === before ? project : { ...project, tables: project.tables.with(index, after) };
    },
  };
}

export function onColumn(what: string, at: ColumnAt, change: (column: ColumnMapping) => ColumnMapping): Edit {
  return onTable(what, at.table, (mapping) => {
    const index = keysOf(mapping.columns).indexOf(at.column);
    const before = mapping.columns[index];
    const after = before && change(before);
    return !after || after === before ? mapping : { ...mapping, columns: mapping.columns.with(index, after) };
  });
}

/** The object itself when it is so already; what is set to undefined leaves it. */
export function set<T extends object>(value: T, more: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const keys = Object.keys(more) as (keyof T)[];
  if (keys.every((key) => value[key] === more[key])) return value;
  const next = { ...value, ...more };
  for (const key of keys) if (next[key] === undefined) delete next[key];
  return next;
}
