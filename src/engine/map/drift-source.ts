// Drift of the source: tables and columns that came, went or changed since the project was mapped.

import { many } from '../../shared/format.ts';
import type { Table } from '../../shared/model/catalog.ts';
import type { Difference } from '../../shared/model/drift.ts';
import type { ColumnMapping, TableMapping } from '../../shared/model/mapping.ts';
import type { SeenColumn, SeenTable } from '../../shared/model/seen.ts';
import { tableRead } from '../../shared/reads.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { type DriftSides, sameType, tablesOf, words } from './drift-words.ts';
import { columnCandidates, tableCandidates } from './renamed.ts';
import { seenTable } from './seen.ts';

export function sourceDifferences(sides: DriftSides): Difference[] {
  const { project, source } = sides;
  const now = tablesOf(source);
  const seen = seenBy(project.seen?.source);
  // What a SELECT or a view reads can't be told from its name.
  const views = new Set(source.objects.map(({ name }) => name));
  const byTable = Map.groupBy(project.tables, tableRead);
  const mapped = new Map(
    [...byTable].flatMap(([name, all]) => (name === null || views.has(name) ? [] : [[name, all] as const])),
  );
  const added = source.tables.filter(({ name }) => !mapped.has(name) && !seen.has(name));

  const known = [...new Set([...mapped.keys(), ...seen.keys()])];
  const of = known.flatMap((name) => {
    const mappings = mapped.get(name) ?? [];
    const table = now.get(name);
    if (!table) return goneTable(name, mappings, seen.get(name), added);
    return mappings.length > 0 ? columnsOf(table, mappings, seen.get(name), sides) : [];
  });
  return [...of, ...added.map((table) => newTable(table, project.seen !== undefined))];
}

function goneTable(
  name: string,
  mappings: readonly TableMapping[],
  seen: SeenTable | undefined,
  added: readonly Table[],
): Difference[] {
  const moving = mappings.find(({ skip }) => !skip);
  if (!moving && !seen) return [];
  const candidates = moving
    ? tableCandidates(
        name,
        moving.columns.map((column) => column.source),
        added,
      )
    : [];
  return [
    {
      kind: 'gone',
      severity: moving ? 'blocker' : 'note',
      side: 'source',
      table: name,
      column: null,
      was: 'table',
      now: null,
      message: moving
        ? `The mapping reads this table, which is not there any more.${likely(candidates)}`
        : 'It is not there any more; the mapping does not read it.',
      mapped: moving ? { target: moving.target, type: null } : null,
      candidates,
    },
  ];
}

function newTable(table: Table, known: boolean): Difference {
  return {
    kind: 'new',
    severity: 'note',
    side: 'source',
    table: table.name,
    column: null,
    was: null,
    now: `table of ${many(table.columns.length, 'column')}`,
    message: known ? 'It came since; the mapping does not move it.' : 'The mapping does not move it.',
    mapped: null,
    candidates: [],
  };
}

/** What a comparison of one table's columns works from. */
interface Compared {
  readonly table: Table;
  readonly mappings: readonly TableMapping[];
  readonly seen: SeenTable | undefined;
  readonly now: readonly SeenColumn[];
  /** A table that was none of the mapping's business was not looked at. */
  readonly before: ReadonlyMap<string, SeenColumn>;
  readonly mapped: ReadonlyMap<string, MappedColumn>;
  /** Columns that nobody knew. */
  readonly fresh: Table['columns'];
  readonly dialect: Dialect;
}

interface MappedColumn {
  readonly column: ColumnMapping;
  readonly moves: boolean;
}

function columnsOf(
  table: Table,
  mappings: readonly TableMapping[],
  seen: SeenTable | undefined,
  { sourceDialect }: DriftSides,
): Difference[] {
  const before = new Map((seen?.columns ?? []).map((column) => [column.name, column]));
  const mapped = mappedColumns(mappings);
  const compared: Compared = {
    table,
    mappings,
    seen,
    now: seenTable(table).columns,
    before,
    mapped,
    fresh: table.columns.filter(({ name }) => !mapped.has(name) && !before.has(name)),
    dialect: sourceDialect,
  };
  return [...rekeyed(compared), ...goneColumns(compared), ...changedColumns(compared), ...newColumns(compared)];
}

function mappedColumns(mappings: readonly TableMapping[]): Map<string, MappedColumn> {
  const mapped = new Map<string, MappedColumn>();
  for (const { columns, skip } of mappings) {
    for (const column of columns.filter(({ from }) => from === undefined)) {
      const moves = !skip && !column.skip;
      if (moves || !mapped.has(column.source)) mapped.set(column.source, { column, moves });
    }
  }
  return mapped;
}

function at({ table }: Compared, column: string | null): Pick<Difference, 'side' | 'table' | 'column'> {
  return { side: 'source', table: table.name, column };
}

function leads({ mapped }: Compared, name: string): Difference['mapped'] {
  const found = mapped.get(name);
  return found?.moves ? { target: found.column.target, type: found.column.type } : null;
}

function goneColumns(compared: Compared): Difference[] {
  const { table, mappings, seen, now, before, mapped, fresh } = compared;
  const names = new Set(now.map(({ name }) => name));
  return [...new Set([...before.keys(), ...mapped.keys()])].flatMap((name): Difference[] => {
    if (names.has(name)) return [];
    const was = before.get(name);
    const lead = leads(compared, name);
    if (!lead && !was) return [];
    const candidates = lead
      ? columnCandidates(name, was?.type ?? null, placeIn(seen, mappings, name), table, fresh)
      : [];
    return [
      {
        ...at(compared, name),
        kind: 'gone',
        severity: lead ? 'blocker' : 'note',
        was: was ? words(was) : 'column',
        now: null,
        message: lead
          ? `The mapping reads this column, which is not there any more.${likely(candidates)}`
          : 'It is not there any more; the mapping does not read it.',
        mapped: lead,
        candidates,
      },
    ];
  });
}

function changedColumns(compared: Compared): Difference[] {
  return compared.now.flatMap((column): Difference[] => {
    const was = compared.before.get(column.name);
    if (!was) return [];
    return [...retyped(was, column, compared), ...nullability(was, column, compared)];
  });
}

function retyped(was: SeenColumn, now: SeenColumn, compared: Compared): Difference[] {
  if (sameType(was.type, now.type, compared.dialect)) return [];
  const lead = leads(compared, now.name);
  return [
    {
      ...at(compared, now.name),
      kind: 'retyped',
      severity: lead ? 'warning' : 'note',
      was: was.type,
      now: now.type,
      message: lead
        ? `The target column stays ${lead.type}; the plan looks whether every value still fits.`
        : 'The mapping does not read it.',
      mapped: lead,
      candidates: [],
    },
  ];
}

function nullability(was: SeenColumn, now: SeenColumn, compared: Compared): Difference[] {
  if (was.notNull === now.notNull) return [];
  const lead = leads(compared, now.name);
  const by = compared.mapped.get(now.name)?.column.nullable;
  return [
    {
      ...at(compared, now.name),
      kind: 'nullability',
      severity: lead && by === false && !now.notNull ? 'warning' : 'note',
      was: nullWords(was),
      now: nullWords(now),
      message: !lead
        ? 'The mapping does not read it.'
        : by === undefined
          ? 'The target column follows.'
          : `You said that the target column ${by ? 'may' : 'may not'} be NULL, and that stays.`,
      mapped: lead,
      candidates: [],
    },
  ];
}

function newColumns(compared: Compared): Difference[] {
  const { fresh, now, mappings } = compared;
  return fresh.map(
    (column): Difference => ({
      ...at(compared, column.name),
      kind: 'new',
      severity: mappings.some(({ skip }) => !skip) ? 'warning' : 'note',
      was: null,
      now: words(now.find(({ name }) => name === column.name)!),
      message: 'Its values are not moved unless it is taken over.',
      mapped: null,
      candidates: [],
    }),
  );
}

function rekeyed(compared: Compared): Difference[] {
  const { seen, before, now, mappings } = compared;
  const keys = [keyOf(seen?.columns ?? []), keyOf(now)] as const;
  if (before.size === 0 || keys[0] === keys[1]) return [];
  return [
    {
      ...at(compared, null),
      kind: 'key',
      severity: mappings.some(({ skip }) => !skip) ? 'warning' : 'note',
      was: keys[0] || 'no primary key',
      now: keys[1] || 'no primary key',
      message: 'The target table gets the primary key as it is now.',
      mapped: null,
      candidates: [],
    },
  ];
}

/** Where the column stood, from 0; -1 where that is not known. */
function placeIn(seen: SeenTable | undefined, mappings: readonly TableMapping[], name: string): number {
  const columns =
    seen?.columns.map((column) => column.name) ?? mappings[0]?.columns.map((column) => column.source) ?? [];
  return columns.indexOf(name);
}

function keyOf(columns: readonly SeenColumn[]): string {
  const parts = columns.filter(({ key }) => key !== undefined).toSorted((a, b) => a.key! - b.key!);
  return parts.map(({ name }) => name).join(', ');
}

function nullWords({ notNull }: SeenColumn): string {
  return notNull ? 'not null' : 'may be NULL';
}

function likely([first]: readonly string[]): string {
  return first === undefined ? '' : ` It may be called ${first} now.`;
}

function seenBy(tables: readonly SeenTable[] | undefined): ReadonlyMap<string, SeenTable> {
  return new Map(tables?.map((table) => [table.name, table]));
}
