// Drift: the two databases as they are now against what the project was mapped against, table by table, column by column.

import { many } from '../../shared/format.ts';
import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Difference, Drift } from '../../shared/model/drift.ts';
import type { ColumnMapping, Project, TableMapping } from '../../shared/model/mapping.ts';
import type { SeenColumn, SeenTable } from '../../shared/model/seen.ts';
import { tableRead } from '../../shared/reads.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { nameKey } from '../dialects/names.ts';
import { equal } from '../dialects/types.ts';
import { columnCandidates, tableCandidates } from './renamed.ts';
import { proposedIn, seenOf, seenTable } from './seen.ts';

export interface DriftSides {
  readonly project: Project;
  readonly source: Catalog;
  readonly target: Catalog;
  readonly sourceDialect: Dialect;
  readonly targetDialect: Dialect;
}

export function driftOf(sides: DriftSides): Drift {
  const { project, source, target } = sides;
  const differences = [...sourceDifferences(sides), ...targetDifferences(sides)];
  const now = { source: tablesOf(source), target: tablesOf(target) };
  const proposed = proposedIn(project.seen);
  const touched = new Map(differences.map(({ side, table }) => [`${side}\n${table}`, { side, table }]));
  return {
    known: project.seen !== undefined,
    differences,
    elsewhere:
      project.source.fingerprint !== '' &&
      project.source.fingerprint !== source.fingerprint &&
      !differences.some(({ side }) => side === 'source'),
    tables: [...touched.values()].map(({ side, table }) => {
      const found = now[side].get(table);
      return {
        side,
        name: table,
        now: found ? seenTable(found, side === 'source' ? proposed : undefined) : null,
      };
    }),
    fingerprints: { source: source.fingerprint, target: target.fingerprint },
  };
}

/** The project as mapped against what is there now. What it names and is gone stays in the mapping. */
export function acceptDrift({ project, source, target, targetDialect }: DriftSides): Project {
  const targetCan = targetDialect.capabilities(target.server);
  return {
    ...project,
    source: { ...project.source, fingerprint: source.fingerprint },
    target: { ...project.target, fingerprint: target.fingerprint },
    seen: seenOf(project.tables, { source, target, targetCan }, proposedIn(project.seen)),
  };
}

function sourceDifferences(sides: DriftSides): Difference[] {
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

function columnsOf(
  table: Table,
  mappings: readonly TableMapping[],
  seen: SeenTable | undefined,
  { sourceDialect }: DriftSides,
): Difference[] {
  const now = seenTable(table).columns;
  const names = new Set(now.map(({ name }) => name));
  // A table that was none of the mapping's business was not looked at.
  const before = new Map((seen?.columns ?? []).map((column) => [column.name, column]));
  const looked = seen !== undefined && before.size > 0;
  const mapped = new Map<string, { column: ColumnMapping; moves: boolean }>();
  for (const { columns, skip } of mappings) {
    for (const column of columns.filter(({ from }) => from === undefined)) {
      const moves = !skip && !column.skip;
      if (moves || !mapped.has(column.source)) mapped.set(column.source, { column, moves });
    }
  }
  const fresh = table.columns.filter(({ name }) => !mapped.has(name) && !before.has(name));
  const at = (column: string | null) => ({ side: 'source' as const, table: table.name, column });
  const leads = (name: string) => {
    const found = mapped.get(name);
    return found?.moves ? { target: found.column.target, type: found.column.type } : null;
  };

  const gone = [...new Set([...before.keys(), ...mapped.keys()])].flatMap((name): Difference[] => {
    if (names.has(name)) return [];
    const was = before.get(name);
    const lead = leads(name);
    if (!lead && !was) return [];
    const candidates = lead
      ? columnCandidates(name, was?.type ?? null, placeIn(seen, mappings, name), table, fresh)
      : [];
    return [
      {
        ...at(name),
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

  const changed = now.flatMap((column): Difference[] => {
    const was = before.get(column.name);
    if (!was) return [];
    const lead = leads(column.name);
    const told: Difference[] = [];
    if (!sameType(was.type, column.type, sourceDialect)) {
      told.push({
        ...at(column.name),
        kind: 'retyped',
        severity: lead ? 'warning' : 'note',
        was: was.type,
        now: column.type,
        message: lead
          ? `The target column stays ${lead.type}; the plan looks whether every value still fits.`
          : 'The mapping does not read it.',
        mapped: lead,
        candidates: [],
      });
    }
    if (was.notNull !== column.notNull) {
      const by = mapped.get(column.name)?.column.nullable;
      told.push({
        ...at(column.name),
        kind: 'nullability',
        severity: lead && by === false && !column.notNull ? 'warning' : 'note',
        was: nullWords(was),
        now: nullWords(column),
        message: !lead
          ? 'The mapping does not read it.'
          : by === undefined
            ? 'The target column follows.'
            : `You said that the target column ${by ? 'may' : 'may not'} be NULL, and that stays.`,
        mapped: lead,
        candidates: [],
      });
    }
    return told;
  });

  const added = fresh.map(
    (column): Difference => ({
      ...at(column.name),
      kind: 'new',
      severity: mappings.some(({ skip }) => !skip) ? 'warning' : 'note',
      was: null,
      now: words(now.find(({ name }) => name === column.name)!),
      message: 'Its values are not moved unless it is taken over.',
      mapped: null,
      candidates: [],
    }),
  );

  const keys = [keyOf(seen?.columns ?? []), keyOf(now)] as const;
  const rekeyed: Difference[] =
    looked && keys[0] !== keys[1]
      ? [
          {
            ...at(null),
            kind: 'key',
            severity: mappings.some(({ skip }) => !skip) ? 'warning' : 'note',
            was: keys[0] || 'no primary key',
            now: keys[1] || 'no primary key',
            message: 'The target table gets the primary key as it is now.',
            mapped: null,
            candidates: [],
          },
        ]
      : [];
  return [...rekeyed, ...gone, ...changed, ...added];
}

/** What stands where the mapping leads, unless it stands there as the mapping itself makes it. */
function targetDifferences({ project, target, targetDialect }: DriftSides): Difference[] {
  if (!project.seen) return [];
  const can = targetDialect.capabilities(target.server);
  const keyed = (name: string) => nameKey(name, can);
  const seen = new Map(project.seen.target.map((table) => [keyed(table.name), table]));
  const now = new Map(target.tables.map((table) => [keyed(table.name), table]));

  return project.tables.flatMap((mapping): Difference[] => {
    if (mapping.skip) return [];
    const was = seen.get(keyed(mapping.target));
    const table = now.get(keyed(mapping.target));
    const replaces = (mapping.mode ?? project.mode ?? 'create') === 'replace';
    const at = { side: 'target' as const, table: table?.name ?? was?.name ?? mapping.target };
    const plain = { mapped: null, candidates: [] };
    if (table && standsAsMapped(table, mapping, targetDialect, keyed)) return [];
    if (!table) {
      if (!was) return [];
      const message = `It is made anew from ${mapping.source}.`;
      return [{ ...at, ...plain, kind: 'gone', severity: 'note', column: null, was: 'table', now: null, message }];
    }
    if (!was) {
      const message = replaces
        ? `It came since. ${mapping.source} would replace it; it is kept as a backup.`
        : `It came since, where ${mapping.source} shall go: it has to be empty, or the mode be replace.`;
      const columns = `table of ${many(table.columns.length, 'column')}`;
      return [{ ...at, ...plain, kind: 'new', severity: 'warning', column: null, was: null, now: columns, message }];
    }
    const columns = seenTable(table).columns;
    const [before, after] = [byName(was.columns, keyed), byName(columns, keyed)];
    const goes = `${mapping.source} replaces the table; as it is it is kept as a backup.`;
    const fate = replaces ? goes : `${mapping.source} shall go there.`;
    return [
      ...was.columns
        .filter(({ name }) => !after.has(keyed(name)))
        .map(
          (each): Difference => ({
            ...at,
            ...plain,
            kind: 'gone',
            severity: 'note',
            column: each.name,
            was: words(each),
            now: null,
            message: fate,
          }),
        ),
      ...columns.flatMap((each): Difference[] => {
        const old = before.get(keyed(each.name));
        if (!old) {
          return [
            {
              ...at,
              ...plain,
              kind: 'new',
              severity: replaces ? 'warning' : 'note',
              column: each.name,
              was: null,
              now: words(each),
              message: fate,
            },
          ];
        }
        if (sameType(old.type, each.type, targetDialect)) return [];
        return [
          {
            ...at,
            ...plain,
            kind: 'retyped',
            severity: 'note',
            column: each.name,
            was: old.type,
            now: each.type,
            message: fate,
          },
        ];
      }),
    ];
  });
}

/** Most likely a run of this very project has made it. */
function standsAsMapped(
  table: Table,
  { columns }: TableMapping,
  dialect: Dialect,
  keyed: (name: string) => string,
): boolean {
  const made = columns.filter(({ skip }) => !skip);
  if (made.length !== table.columns.length) return false;
  const standing = new Map(table.columns.map((column) => [keyed(column.name), column]));
  return made.every(({ target, type }) => {
    const found = standing.get(keyed(target));
    return found !== undefined && dialect.types.parse(type)?.kind === found.logical.kind;
  });
}

function sameType(was: string, now: string, dialect: Dialect): boolean {
  if (was === now) return true;
  const [a, b] = [dialect.types.parse(was), dialect.types.parse(now)];
  return a !== null && b !== null && equal(a, b);
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

function words(column: SeenColumn): string {
  return `${column.type}${column.notNull ? ' not null' : ''}`;
}

function nullWords({ notNull }: SeenColumn): string {
  return notNull ? 'not null' : 'may be NULL';
}

function likely([first]: readonly string[]): string {
  return first === undefined ? '' : ` It may be called ${first} now.`;
}

function tablesOf({ tables }: Catalog): ReadonlyMap<string, Table> {
  return new Map(tables.map((table) => [table.name, table]));
}

function seenBy(tables: readonly SeenTable[] | undefined): ReadonlyMap<string, SeenTable> {
  return new Map(tables?.map((table) => [table.name, table]));
}

function byName(columns: readonly SeenColumn[], keyed: (name: string) => string): ReadonlyMap<string, SeenColumn> {
  return new Map(columns.map((column) => [keyed(column.name), column]));
}
