// What a person does about drift: edits of a project, each settling one difference and keeping all that was mapped.

import type { Difference, Drift } from './model/drift.ts';
import type { ColumnMapping, Project } from './model/mapping.ts';
import type { Seen, SeenTable } from './model/seen.ts';

/** From now on the project is mapped against this as it is now; with the last difference, against everything. */
export function acknowledge(project: Project, difference: Difference, drift: Drift): Project {
  const settled = withSeen(project, difference, drift);
  const isLast = drift.differences.every((each) => each === difference);
  if (!isLast) return settled;
  const { source, target } = drift.fingerprints;
  return {
    ...settled,
    source: { ...settled.source, fingerprint: source },
    target: { ...settled.target, fingerprint: target },
  };
}

/** The table that was read as `from` lives on as `to`. */
export function readTableFrom(project: Project, from: string, to: string): Project {
  const tables = project.tables.map((table) => (table.source === from ? { ...table, source: to } : table));
  return onSeen({ ...project, tables }, (seen) => ({
    ...seen,
    source: seen.source
      .filter(({ name }) => name !== to)
      .map((table) => (table.name === from ? { ...table, name: to } : table)),
  }));
}

/** The column that was read as `from` lives on as `to`; target, type, steps and all else stay. */
export function readColumnFrom(project: Project, table: string, from: string, to: string): Project {
  const renamed = onColumn(project, table, from, (column) => ({ ...column, source: to }));
  return onSeenTable(renamed, table, ({ name, columns }) => ({
    name,
    columns: columns
      .filter((each) => each.name !== to)
      .map((each) => (each.name === from ? { ...each, name: to } : each)),
  }));
}

export function leaveOutColumn(project: Project, table: string, column: string): Project {
  return onColumn(project, table, column, (each) => ({ ...each, skip: true }));
}

export function leaveOutTable(project: Project, table: string): Project {
  return { ...project, tables: project.tables.map((each) => (each.source === table ? { ...each, skip: true } : each)) };
}

export function takeType(project: Project, table: string, column: string, type: string): Project {
  const retyped = onColumn(project, table, column, (each) => ({ ...each, type }));
  return onSeenTable(retyped, table, ({ name, columns }) => ({
    name,
    columns: columns.map((each) => (each.name === column ? { ...each, proposed: type } : each)),
  }));
}

/** A new column of the source behind those of its table. */
export function takeColumn(project: Project, table: string, column: ColumnMapping): Project {
  const tables = project.tables.map((each) =>
    each.source === table && !each.columns.some(({ source }) => source === column.source)
      ? { ...each, columns: [...each.columns, column] }
      : each,
  );
  return { ...project, tables };
}

function withSeen(project: Project, { side, table, column, kind }: Difference, drift: Drift): Project {
  const now = drift.tables.find((each) => each.side === side && each.name === table)?.now ?? null;
  return onSeen(project, (seen) => {
    const old = seen[side].find(({ name }) => name === table);
    const known = old && now && column !== null ? one(old, now, column, kind) : whole(old, now, side);
    const others = seen[side].filter(({ name }) => name !== table);
    if (known === null) return { ...seen, [side]: others };
    return { ...seen, [side]: old ? seen[side].map((each) => (each === old ? known : each)) : [...others, known] };
  });
}

/** A table of the source that came is known from now on, and none of the mapping's business; of others the key. */
function whole(old: SeenTable | undefined, now: SeenTable | null, side: Difference['side']): SeenTable | null {
  if (now === null) return null;
  if (!old) return side === 'source' ? { name: now.name, columns: [] } : now;
  const keys = new Map(now.columns.map(({ name, key }) => [name, key]));
  return {
    name: old.name,
    columns: old.columns.map(({ key: _, ...column }) => {
      const key = keys.get(column.name);
      return key === undefined ? column : { ...column, key };
    }),
  };
}

/** Of a column that stays only what differs: another difference of it is another decision. */
function one(old: SeenTable, now: SeenTable, column: string, kind: Difference['kind']): SeenTable {
  const found = now.columns.find(({ name }) => name === column);
  if (!found) return { ...old, columns: old.columns.filter(({ name }) => name !== column) };
  const before = old.columns.find(({ name }) => name === column);
  if (!before) return { ...old, columns: [...old.columns, found] };
  const { notNull, ...rest } = before;
  const nulls = kind === 'nullability' ? found.notNull : notNull;
  const known = { ...rest, type: kind === 'retyped' ? found.type : before.type, ...(nulls ? { notNull: nulls } : {}) };
  return { ...old, columns: old.columns.map((each) => (each === before ? known : each)) };
}

function onSeen(project: Project, change: (seen: Seen) => Seen): Project {
  return project.seen ? { ...project, seen: change(project.seen) } : project;
}

function onSeenTable(project: Project, table: string, change: (table: SeenTable) => SeenTable): Project {
  return onSeen(project, (seen) => ({
    ...seen,
    source: seen.source.map((each) => (each.name === table ? change(each) : each)),
  }));
}

function onColumn(
  project: Project,
  table: string,
  column: string,
  change: (column: ColumnMapping) => ColumnMapping,
): Project {
  return {
    ...project,
    tables: project.tables.map((each) =>
      each.source === table
        ? { ...each, columns: each.columns.map((mapping) => (mapping.source === column ? change(mapping) : mapping)) }
        : each,
    ),
  };
}
