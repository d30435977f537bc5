// Brings a project and the two catalogues together: every mapped table and column with what it stands for.

import { DroverError } from '../../shared/errors.ts';
import { joinedTo } from '../../shared/feeds.ts';
import type { Column, Table } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { ColumnMapping, TableMapping } from '../../shared/model/mapping.ts';
import type { Shape } from '../../shared/model/plan.ts';
import type { Answers } from '../../shared/model/profile.ts';
import { tableRead } from '../../shared/reads.ts';
import { nameKey } from '../dialects/names.ts';
import { observedType, storageMisfits } from '../dialects/observed.ts';
import { convertible } from '../pipeline/conversions.ts';
import { typeAfter } from '../pipeline/transforms/chain.ts';
import { type Context, finding } from './context.ts';
import { asLedBy } from './feeds.ts';
import { withFittingNames } from './long-names.ts';
import { asItStands, standingColumn, standingFor } from './merging/standing.ts';
import { isNothing } from './nullability.ts';
import type { ColumnPair, TablePair } from './pairs.ts';
import { withoutTwins } from './twins.ts';

export type { ColumnPair, TablePair } from './pairs.ts';

/**
 * Throws `project.drift` where the source lost something, `project.invalid` where the project contradicts itself.
 * What has a name that is too long, and the later of two with one name, gets another, under which it is planned while
 * the plan is blocked. Tables that feed another one's follow right behind that one.
 */
export function reconcile(context: Context): TablePair[] {
  const { project, source } = context;
  const named = project.tables.filter((table) => !table.skip);
  const fitting = withFittingNames(named, context, null);
  const joined = joinedTo(fitting, (name) => nameKey(name, context.targetCan));
  const making = fitting.filter((table) => !joined.has(table));
  const joining = Map.groupBy(joined.keys(), (table) => joined.get(table)!);
  const mapped = withoutTwins(making, context, null);
  reportSameSource(named, context);
  reportUnmapped(context);
  if (mapped.length === 0) {
    throw new DroverError('map.nothing-to-do', 'The project skips every table.', {
      hint: 'Take back that they are left out, for the tables that shall move.',
      where: { side: 'project' },
    });
  }
  const tables = new Map(source.tables.map((table) => [table.name, table]));
  return mapped.flatMap((mapping, i) => {
    const lead = pairTable(mapping, tables, null, context);
    const others = joining.get(making[i]!) ?? [];
    return [lead, ...others.map((other) => pairTable(asLedBy(other, lead, context), tables, lead, context))];
  });
}

function pairTable(
  named: TableMapping,
  tables: ReadonlyMap<string, Table>,
  joins: TablePair | null,
  context: Context,
): TablePair {
  const table = tables.get(named.source);
  if (!table) throw drift(`The source has no table ${named.source} any more.`, named.source);
  const into = standingFor(named, context);
  const mapping = into ? asItStands(named, into, context) : named;
  return { mapping, source: table, columns: pairColumns(mapping, table, context), into, joins };
}

function pairColumns(mapping: TableMapping, table: Table, context: Context): ColumnPair[] {
  for (const { source, skip } of mapping.columns) {
    if (skip || table.columns.some((column) => column.name === source)) continue;
    throw drift(`Table ${table.name} of the source has no column ${source} any more.`, table.name, source);
  }
  const kept = mapping.columns.filter((column) => !column.skip);
  if (kept.length === 0) {
    throw invalid(`Table ${mapping.source} has no columns left.`, 'Skip the table instead.', mapping.source);
  }
  for (const column of table.columns) {
    if (mapping.columns.some((each) => each.source === column.name)) continue;
    context.report(
      finding(
        'warning',
        'project.new-column',
        { side: 'source', table: table.name, column: column.name },
        `Column ${table.name}.${column.name} is not in the project; its values are not moved.`,
        ['Add it to the project, or leave it out there, so that this is not asked again.'],
      ),
    );
  }
  const named = withoutTwins(withFittingNames(kept, context, mapping), context, mapping);
  return named.map((column) => pairColumn(column, mapping, table, context));
}

/** Throws `project.invalid` where the target has no such type. */
export function pairColumn(
  mapping: ColumnMapping,
  { target, mode }: Pick<TableMapping, 'target' | 'mode'>,
  table: Table,
  context: Context,
): ColumnPair {
  const source = table.columns.find((candidate) => candidate.name === mapping.source)!;
  const standing = standingColumn(mapping.target, { target, mode }, context);
  // Where rows go into a table that stands there, its types count and nothing else.
  const targetLogical = standing?.logical ?? context.targetDialect.types.parse(mapping.type);
  if (!targetLogical) {
    throw invalid(
      `${context.target.server.variant} has no type "${mapping.type}", which the project gives to ${target}.${mapping.target}.`,
      'Correct the type of this column in the project.',
      table.name,
      mapping.source,
    );
  }
  const answers = context.profile[table.name]?.[source.name] ?? {};
  const observed = context.sourceCan.dynamicTypes ? observedType(source.logical, answers) : source.logical;
  // Read as text, values that do not fit their column's type still arrive in a text column.
  const strays = targetLogical.kind === 'text' && storageMisfits(observed, answers) > 0n;
  const shaped = (mapping.steps ?? []).length > 0;
  const asText =
    strays || (shaped && context.sourceCan.dynamicTypes) || keepsSpelling(mapping, source, observed, context);
  const read = asText ? TEXT : asBytes(observed, targetLogical, answers, context) ? BYTES : observed;
  const sourceLogical = isNothing(mapping) && !convertible(read, targetLogical) ? targetLogical : read;
  return { mapping, source, sourceLogical, shape: shapeOf(mapping, sourceLogical), targetLogical };
}

function shapeOf({ steps = [] }: ColumnMapping, input: LogicalType): Shape | null {
  return steps.length > 0 ? { steps, gives: typeAfter(steps, input) } : null;
}

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };

/** Texts among which are bytes, or that are no UTF-8, arrive as bytes where the target column takes bytes. */
function asBytes(observed: LogicalType, target: LogicalType, answers: Answers, { sourceCan }: Context): boolean {
  if (!sourceCan.dynamicTypes || target.kind !== 'binary' || observed.kind !== 'text') return false;
  return [answers.storageBlob, answers.notUtf8].some((count) => count != null && count !== '0');
}

/**
 * Between two databases that store such values as texts, a column of the same type keeps every character:
 * read as what they mean, 2020-01-01T10:00Z would arrive as 2020-01-01 10:00:00.
 */
function keepsSpelling({ type }: ColumnMapping, source: Column, observed: LogicalType, context: Context): boolean {
  const spelt = ['date', 'time', 'timestamp', 'interval', 'uuid'].includes(observed.kind);
  const dynamic = context.sourceCan.dynamicTypes && context.targetCan.dynamicTypes && context.sameFamily;
  return spelt && dynamic && type.toLowerCase() === source.native.toLowerCase();
}

/** Whatever is read goes by its name in "source": two of one name could not be told apart in a run. */
function reportSameSource(tables: readonly TableMapping[], { report }: Context): void {
  const seen = new Set<string>();
  for (const { source } of tables) {
    if (seen.has(source)) {
      const message = `The project maps ${source} twice under the same name.`;
      const remedy = `Give one of the two another name in the project, and say that it reads the table ${source}.`;
      report(finding('blocker', 'map.same-source', { side: 'project', table: source }, message, [remedy]));
    }
    seen.add(source);
  }
}

function reportUnmapped({ project, source, report }: Context): void {
  const known = new Set(project.tables.map(tableRead));
  const added = source.tables.filter((table) => !known.has(table.name)).map((table) => table.name);
  if (added.length === 0) return;
  report(
    finding(
      'note',
      'project.unmapped-tables',
      { side: 'source' },
      `${added.length} ${added.length === 1 ? 'table' : 'tables'} of the source ${added.length === 1 ? 'is' : 'are'} not in the project and will not move: ${listed(added)}.`,
      ['Map again to take them in.'],
    ),
  );
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[], limit = 12): string {
  const rest = names.length - limit;
  return rest > 0 ? `${names.slice(0, limit).join(', ')} and ${rest} more` : names.join(', ');
}

function drift(message: string, table: string, column?: string): DroverError {
  return new DroverError('project.drift', message, {
    hint: 'Look at what has changed (drover drift), and point to the new name or leave it out.',
    where: { side: 'source', table, ...(column === undefined ? {} : { column }) },
  });
}

function invalid(message: string, hint: string, table: string, column?: string): DroverError {
  return new DroverError('project.invalid', message, {
    hint,
    where: { side: 'project', table, ...(column === undefined ? {} : { column }) },
  });
}
