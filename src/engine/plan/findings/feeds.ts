// Findings on sources that feed a table together: what one of them lacks, and where they contradict each other.

import { list } from '../../../shared/format.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import type { ColumnMapping, TableMapping } from '../../../shared/model/mapping.ts';
import type { Lane, TablePlan, TargetColumn } from '../../../shared/model/plan.ts';
import { equal } from '../../dialects/types.ts';
import { type Context, finding } from '../context.ts';
import { isNothing } from '../nullability.ts';
import type { ColumnPair, TablePair } from '../pairs.ts';

/** The leading mapping has no such column. */
export function reportColumn(
  own: ColumnMapping,
  { source: table }: TableMapping,
  lead: TablePair,
  context: Context,
): void {
  const at = { table, column: own.source };
  const { source, target } = lead.mapping;
  const remedies: Remedy[] = [
    { text: `Leave out the column ${own.source}.`, change: { kind: 'skip column', ...at } },
    { text: `Map a column of ${source} to ${own.target} too, or a constant where it has none.` },
  ];
  const message = `${table}.${own.source} goes into ${target}.${own.target}, a column that ${source} does not give to the table.`;
  context.report(finding('blocker', 'map.feed-column', { side: 'project', ...at }, message, remedies));
}

/** One column of the target has one type. */
export function reportType(
  own: ColumnMapping,
  { source: table }: TableMapping,
  { mapping: made, source }: ColumnPair,
  lead: TablePair,
  context: Context,
): void {
  const { types } = context.targetDialect;
  const [mine, theirs] = [types.parse(own.type), types.parse(made.type)];
  if (isNothing(own) || (mine && theirs && equal(mine, theirs))) return;
  const at = { table, column: own.source };
  const there = { table: lead.source.name, column: source.name };
  const remedies: Remedy[] = [
    { text: `Make ${table}.${own.source} ${made.type}.`, change: { kind: 'type', ...at, type: made.type } },
    { text: `Make ${there.table}.${there.column} ${own.type}.`, change: { kind: 'type', ...there, type: own.type } },
  ];
  const message = `${lead.mapping.target}.${made.target} would have two types: ${made.type} by ${there.table}.${there.column}, ${own.type} by ${table}.${own.source}.`;
  context.report(finding('blocker', 'map.feed-type', { side: 'project', ...at }, message, remedies));
}

/** What only the leading mapping can say. */
export function reportSettings(mapping: TableMapping, lead: TablePair, { report }: Context): void {
  const idle = (['mode', 'key', 'onConflict', 'keys'] as const).filter(
    (name) => mapping[name] !== undefined && JSON.stringify(mapping[name]) !== JSON.stringify(lead.mapping[name]),
  );
  if (idle.length === 0) return;
  const names = idle.map((name) => `"${name}"`).join(', ');
  const message = `${names} of ${mapping.source} ${idle.length === 1 ? 'says' : 'say'} nothing: ${lead.mapping.source} makes the table ${lead.mapping.target}.`;
  report(
    finding('warning', 'map.feed-settings', { side: 'project', table: mapping.source }, message, [
      `Say it of ${lead.mapping.source}, or take it off.`,
    ]),
  );
}

/** `loaded` are the lanes of `pair` into the table that `lead` makes. */
export function reportFeed(
  pair: TablePair,
  lead: TablePair,
  made: Pick<TablePlan, 'target' | 'lanes'>,
  loaded: readonly Lane[],
  context: Context,
): void {
  reportGaps(pair, lead, made, context);
  reportReading(pair, lead, made.lanes, loaded, context);
  reportNumbers(pair, lead, context);
  reportStructure(pair, lead, context);
}

function reportGaps(
  pair: TablePair,
  lead: TablePair,
  { target, lanes }: Pick<TablePlan, 'target' | 'lanes'>,
  context: Context,
): void {
  const empty = pair.columns.filter(
    ({ mapping }) => isNothing(mapping) && lanes.some((lane) => lane.target === mapping.target),
  );
  const names = empty.map(({ mapping }) => mapping.target);
  const mayBeNull = (name: string) => target.columns.find((column) => column.name === name)?.nullable ?? true;
  const { name: table } = pair.source;
  for (const name of names.filter((each) => !mayBeNull(each))) {
    const column = target.columns.find((each) => each.name === name)!;
    const place = { side: 'project', table, column: name } as const;
    const message = `${target.name}.${name} must be given, and ${table} gives it no value.`;
    context.report(finding('blocker', 'map.feed-required', place, message, waysToGive(column, table, target, lead)));
  }
  const free = names.filter(mayBeNull);
  if (free.length === 0) return;
  const message = `${table} gives no value for ${list(
    free.map((name) => `${target.name}.${name}`),
    8,
  )}: NULL in its rows.`;
  context.report(finding('note', 'map.feed-gap', { side: 'project', table }, message));
}

function waysToGive({ name }: TargetColumn, table: string, target: TablePlan['target'], lead: TablePair): Remedy[] {
  const inKey = target.primaryKey?.columns.includes(name) ?? false;
  const column = lead.columns.find(({ mapping }) => mapping.target === name)?.source.name;
  const give = { text: `Map a column of ${table} to ${name}, or give it a constant, an expression or a sequence.` };
  if (inKey || lead.into || column === undefined) return [give];
  const change = { kind: 'allow null', table: lead.source.name, column } as const;
  return [{ text: `Let ${target.name}.${name} be NULL.`, change }, give];
}

/** What is read in two forms can't be compared as one. */
function reportReading(
  { source: { name: table } }: TablePair,
  lead: TablePair,
  made: readonly Lane[],
  loaded: readonly Lane[],
  context: Context,
): void {
  for (const own of loaded) {
    const theirs = made.find(({ target }) => target === own.target);
    if (!theirs || equal(own.targetLogical, theirs.targetLogical)) continue;
    const at = { table, column: own.source };
    const message = `The values of ${table}.${own.source} are stored otherwise than those of ${lead.source.name}.${theirs.source}: some are of another type than is declared.`;
    const remedies = ['Choose a text type for both, or correct the values in the source.'];
    context.report(finding('blocker', 'map.feed-type', { side: 'project', ...at }, message, remedies));
  }
}

/** New keys that two sources number alike meet in the target. Estimates decide, so there is room between the two. */
function reportNumbers(pair: TablePair, lead: TablePair, { report }: Context): void {
  for (const { mapping, source } of pair.columns) {
    const before = lead.columns.find((each) => each.mapping.target === mapping.target)?.mapping.from;
    if (mapping.from?.kind !== 'sequence' || before?.kind !== 'sequence') continue;
    const [first, theirs] = [mapping.from.start ?? 1, before.start ?? 1];
    const end = theirs + Math.max(1, lead.source.rowEstimate);
    if (first >= end || first + Math.max(1, pair.source.rowEstimate) <= theirs) continue;
    const start = theirs + roomFor(lead.source.rowEstimate);
    const at = { table: pair.source.name, column: source.name };
    const message = `${lead.source.name} and ${at.table} would give the same numbers to ${mapping.target}: they begin at ${theirs} and ${first}.`;
    report(
      finding('blocker', 'map.feed-numbers', { side: 'project', ...at }, message, [
        { text: `Number ${at.table} from ${start} on.`, change: { kind: 'number from', ...at, start } },
      ]),
    );
  }
}

/** Ten times what is known of, in round figures. */
function roomFor(rows: number): number {
  return 10 ** Math.ceil(Math.log10(Math.max(100, rows) * 10));
}

function reportStructure({ source }: TablePair, lead: TablePair, { report }: Context): void {
  const { uniques, indexes, foreignKeys, checks } = source;
  if (uniques.length + indexes.length + foreignKeys.length + checks.length === 0) return;
  const message = `Keys, indexes and checks of ${source.name} stay behind: ${lead.mapping.target} gets those of ${lead.source.name}.`;
  report(finding('note', 'map.feed-structure', { side: 'source', table: source.name }, message));
}
