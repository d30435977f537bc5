// What inspect found, for people: tables with their size and keys, what depends on what, what else is there.

import { about, count, list, many, size } from '../../shared/format.ts';
import type { Catalog, Table } from '../../shared/model/catalog.ts';
import { columns, visible, wrap } from './text.ts';
import type { Theme } from './theme.ts';

export function inventoryLines(theme: Theme, catalog: Catalog, terminalWidth: number): string[] {
  const { server, tables } = catalog;
  const rows = tables.reduce((sum, { rowEstimate }) => sum + rowEstimate, 0);
  const sizes = tables.map(({ bytes }) => bytes).filter((bytes) => bytes !== null);
  const total = sizes.length > 0 ? `, ${size(sizes.reduce((sum, bytes) => sum + bytes, 0))}` : '';
  const where = catalog.schema === null ? catalog.database : `${catalog.database}, schema ${catalog.schema}`;
  return [
    '',
    `  ${theme.strong(visible(where))}  ${theme.quiet(`${server.variant} ${server.version}`)}`,
    `  ${many(tables.length, 'table')}, ${about(rows)} rows${total}`,
    ...(tables.length > 0 ? ['', ...tableLines(theme, tables, terminalWidth)] : []),
    ...dependencyLines(theme, tables, terminalWidth),
    ...objectLines(theme, catalog, terminalWidth),
    '',
    `  ${theme.quiet(`fingerprint ${catalog.fingerprint}`)}`,
    '',
  ];
}

function tableLines(theme: Theme, tables: readonly Table[], terminalWidth: number): string[] {
  return columns(
    theme,
    [
      { title: '  table', elastic: true },
      { title: 'rows', align: 'right' },
      { title: 'size', align: 'right' },
      { title: 'columns', align: 'right' },
      { title: 'primary key' },
      { title: 'unique', align: 'right' },
      { title: 'indexes', align: 'right' },
      { title: 'foreign keys', align: 'right' },
      { title: 'checks', align: 'right' },
    ],
    tables.map((table) => [
      `  ${visible(table.name)}`,
      about(table.rowEstimate),
      table.bytes === null ? '' : size(table.bytes),
      count(table.columns.length),
      table.primaryKey ? visible(list(table.primaryKey.columns, 3)) : 'none',
      orBlank(table.uniques.length),
      orBlank(table.indexes.length),
      orBlank(table.foreignKeys.length),
      orBlank(table.checks.length),
    ]),
    terminalWidth,
  );
}

function dependencyLines(theme: Theme, tables: readonly Table[], terminalWidth: number): string[] {
  const depending = tables.filter((table) => table.foreignKeys.length > 0);
  if (depending.length === 0) return [];
  const cycles = findCycles(tables);
  return [
    '',
    `  ${theme.quiet('depends on')}`,
    ...depending.flatMap((table) => {
      const parents = [
        ...new Set(
          table.foreignKeys.map((key) => (key.references.table === table.name ? 'itself' : key.references.table)),
        ),
      ];
      const text = `${visible(table.name)} ${theme.glyph.arrow} ${visible(parents.join(', '))}`;
      return wrap(text, Math.min(terminalWidth, 110) - 6).map((line, i) => `${i ? '      ' : '  '}${line}`);
    }),
    ...cycles.map(
      (cycle) => `  ${theme.note(theme.glyph.note)} ${visible(list(cycle, 8))} refer to each other in a cycle`,
    ),
  ];
}

/** What is listed and not carried: views, triggers, routines … by kind. */
function objectLines(theme: Theme, { objects }: Catalog, terminalWidth: number): string[] {
  const kinds = Map.groupBy(objects, ({ kind }) => kind);
  if (kinds.size === 0) return [];
  return [
    '',
    `  ${theme.quiet('also there, listed and not carried')}`,
    ...[...kinds].flatMap(([kind, found]) => {
      const names = found.map(({ name, table }) => (table ? `${name} on ${table}` : name));
      const text = `${many(found.length, kind)}: ${visible(list(names, 20))}`;
      return wrap(text, Math.min(terminalWidth, 110) - 6).map((line, i) => `${i ? '      ' : '  '}${line}`);
    }),
  ];
}

/** Groups of more than one table that reach each other over foreign keys (Tarjan). */
export function findCycles(tables: readonly Table[]): string[][] {
  const edges = new Map(
    tables.map(({ name, foreignKeys }) => [name, foreignKeys.map(({ references }) => references.table)]),
  );
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];

  const visit = (name: string): void => {
    index.set(name, index.size);
    low.set(name, index.get(name)!);
    stack.push(name);
    for (const next of edges.get(name) ?? []) {
      if (!edges.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        low.set(name, Math.min(low.get(name)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(name, Math.min(low.get(name)!, index.get(next)!));
    }
    if (low.get(name) !== index.get(name)) return;
    const group = stack.splice(stack.indexOf(name));
    if (group.length > 1) groups.push(group);
  };
  for (const name of edges.keys()) if (!index.has(name)) visit(name);
  return groups;
}

function orBlank(value: number): string {
  return value === 0 ? '' : count(value);
}
