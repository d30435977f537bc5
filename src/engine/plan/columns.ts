// Columns as they will stand in the target: type, default, identity, generation, comparison.

import type { ColumnDefault } from '../../shared/model/catalog.ts';
import type { Remedy } from '../../shared/model/finding.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane, TargetColumn } from '../../shared/model/plan.ts';
import { describe } from '../dialects/types.ts';
import { type Context, finding } from './context.ts';
import { convertDefault } from './defaults.ts';
import type { Expressions } from './expressions.ts';
import { staysNullable } from './nullability.ts';
import type { ColumnPair, TablePair } from './reconcile.ts';

export interface PlannedColumns {
  readonly columns: TargetColumn[];
  readonly lanes: Lane[];
  readonly computed: Lane[];
}

/** `keyed` holds the source columns that stand in a key or an index. */
export function planColumns(
  pair: TablePair,
  keyed: ReadonlySet<string>,
  expressions: Expressions,
  context: Context,
): PlannedColumns {
  const columns = pair.columns.map((column) => targetColumn(column, pair, keyed, expressions, context));
  const lanes = pair.columns.map((column) => laneOf(column, context));
  return {
    columns,
    lanes: lanes.filter((_, i) => columns[i]!.generated === null),
    computed: lanes.filter((_, i) => columns[i]!.generated !== null),
  };
}

/** What the run would read, convert and load for one column. */
export function laneOf({ mapping, source, sourceLogical, shape, targetLogical }: ColumnPair, context: Context): Lane {
  // Between two databases with dynamic types a column keeps its strays when it travels as text.
  const strays =
    !shape &&
    sourceLogical.kind === 'text' &&
    source.logical.kind !== 'text' &&
    context.sourceCan.dynamicTypes &&
    context.targetCan.dynamicTypes &&
    context.sameFamily;
  return {
    source: source.name,
    sourceNative: source.native,
    sourceLogical,
    ...(shape ? { shape } : {}),
    target: mapping.target,
    targetLogical: strays ? sourceLogical : targetLogical,
    unrepresentable: mapping.unrepresentable ?? 'refuse',
  };
}

function targetColumn(
  column: ColumnPair,
  pair: TablePair,
  keyed: ReadonlySet<string>,
  expressions: Expressions,
  context: Context,
): TargetColumn {
  const { mapping, source, targetLogical } = column;
  const { targetCan } = context;
  const identity = identityOf(column, pair, context);
  const generated = generatedOf(column, pair, expressions, context);
  if (source.touchedOnUpdate && !targetCan.touchedOnUpdate) {
    tell(column, pair, context, 'structure.touched-on-update', 'is set anew on every update in the source', [
      'Set it in a trigger of the target or in the application.',
    ]);
  }
  return {
    name: mapping.target,
    native: mapping.type,
    logical: targetLogical,
    nullable: staysNullable(column, pair, context),
    default: identity || generated ? null : defaultOf(column, pair, expressions, context),
    identity,
    generated,
    touchedOnUpdate: source.touchedOnUpdate && targetCan.touchedOnUpdate,
    binaryCollation: (keyed.has(source.name) && tellsCaseApart(column, context)) || hasTwins(targetLogical),
    collation: collationOf(column, context),
    comment: targetCan.comments ? source.comment : null,
  };
}

function defaultOf(
  column: ColumnPair,
  pair: TablePair,
  expressions: Expressions,
  context: Context,
): ColumnDefault | null {
  const { source, shape, targetLogical } = column;
  if (source.default === null) return null;
  const value = shape ? null : convertDefault(source.default, column, expressions, context);
  if (value && context.targetDialect.ddl.defaultSql(value, targetLogical) !== null) return value;
  const shown = source.default.kind === 'expression' ? ` (${source.default.sql})` : ` (${source.default.kind})`;
  tell(column, pair, context, 'structure.default', `has a default that is not carried${shown}`, [
    'Set the default in the target after the run.',
  ]);
  return null;
}

/** A new key that is numbered on the way goes on handing out numbers afterwards. */
function identityOf(column: ColumnPair, pair: TablePair, context: Context): TargetColumn['identity'] {
  const { mapping, source, targetLogical } = column;
  const primary = pair.mapping.keys?.primary;
  if (mapping.from?.kind === 'sequence') {
    const onlyKey = primary?.length === 1 && primary[0] === mapping.target;
    return onlyKey && targetLogical.kind === 'integer' ? { next: null } : null;
  }
  // What was the key is an ordinary column once there is a new one.
  if (!source.identity || (primary && !primary.includes(mapping.target))) return null;
  if (!mayBeIdentity(column, pair, context)) return null;
  const { next, always, step } = source.identity;
  const carried = { ...(always ? { always } : {}), ...(step === undefined ? {} : { step }) };
  if (context.sameFamily || Object.keys(carried).length === 0) return { next, ...carried };
  const steps = step === undefined ? '' : ` in steps of ${step}`;
  const what = `hands out its own numbers${steps}${always ? ', and takes no others' : ''}; the target counts by 1, and takes others`;
  tell(column, pair, context, 'structure.identity', what, [], 'note');
  return { next };
}

function mayBeIdentity(column: ColumnPair, pair: TablePair, context: Context): boolean {
  const { source, shape, targetLogical } = column;
  if (shape) {
    tell(
      column,
      pair,
      context,
      'structure.identity',
      'hands out its own numbers in the source; after steps it does not',
    );
    return false;
  }
  if (targetLogical.kind !== 'integer') {
    tell(
      column,
      pair,
      context,
      'structure.identity',
      `hands out its own numbers in the source; as ${describe(targetLogical)} it can't`,
      [integerFor(column, pair, context)],
    );
    return false;
  }
  if (context.targetCan.identityPerTable === 'any' || context.sameFamily) return true;
  const key = pair.source.primaryKey?.columns;
  const first = pair.columns.find((each) => each.source.identity !== null && key?.[0] === each.source.name);
  if (key?.length === 1 && first?.source.name === source.name) return true;
  tell(
    column,
    pair,
    context,
    'structure.identity',
    'hands out its own numbers in the source; the target allows that only for a single-column primary key',
  );
  return false;
}

function integerFor({ source }: ColumnPair, pair: TablePair, { targetDialect, target }: Context): string | Remedy {
  const text = 'Choose an integer type for this column';
  if (source.logical.kind !== 'integer') return `${text}.`;
  const facts = { answers: {}, keyed: true, identity: true };
  const type = targetDialect.types.propose(source.logical, facts, target.server).native;
  const change = { kind: 'type', table: pair.source.name, column: source.name, type } as const;
  return { text: `${text}, such as ${type}.`, change };
}

function generatedOf(
  column: ColumnPair,
  pair: TablePair,
  expressions: Expressions,
  context: Context,
): TargetColumn['generated'] {
  const { generated } = column.source;
  if (!generated || column.shape) return null;
  const can = context.targetCan.generated;
  const expression = can.stored || can.virtual ? expressions.computed(generated.expression, column) : null;
  if (expression !== null) return { expression, stored: can.stored && (generated.stored || !can.virtual) };
  tell(
    column,
    pair,
    context,
    'structure.generated',
    `is computed in the source; the target gets its values as an ordinary column (${generated.expression})`,
    ['Make it a generated column in the target after the run, if its expression can be written there.'],
  );
  return null;
}

/** The source's own collation under the target's name for it; null where the target chooses one. */
export function collationOf(column: ColumnPair, context: Context): string | null {
  const { source, shape } = column;
  if (shape || source.collation === null || !comparesTexts(column, context)) return null;
  return context.targetDialect.types.collationOn(source.collation, context.source.server, context.target.server);
}

/** Both sides have such collations, and the project names none. */
export function comparesTexts({ mapping, sourceLogical, targetLogical }: ColumnPair, context: Context): boolean {
  const texts = [sourceLogical, targetLogical].every(
    ({ kind }) => kind === 'text' || kind === 'enum' || kind === 'set',
  );
  return context.sameFamily && texts && !/\bcollate\b/i.test(mapping.type);
}

/** Labels that differ in case or accents alone can't stand in one ENUM that minds neither. */
function hasTwins(type: LogicalType): boolean {
  if (type.kind !== 'enum' && type.kind !== 'set') return false;
  const bare = type.labels.map((label) => label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  return new Set(bare).size < bare.length;
}

/** Keys that told case apart must go on doing so, or unique values collide. */
export function tellsCaseApart({ source, sourceLogical, targetLogical }: ColumnPair, context: Context): boolean {
  if (context.targetCan.caseSensitiveByDefault || targetLogical.kind !== 'text') return false;
  if (sourceLogical.kind !== 'text') return sourceLogical.kind === 'uuid' || sourceLogical.kind === 'opaque';
  return source.caseSensitive ?? context.sourceCan.caseSensitiveByDefault;
}

function tell(
  column: ColumnPair,
  pair: TablePair,
  context: Context,
  code: string,
  what: string,
  remedies: readonly (string | Remedy)[] = [],
  severity: 'note' | 'warning' = 'warning',
): void {
  const [table, name] = [pair.source.name, column.source.name];
  context.report(
    finding(severity, code, { side: 'source', table, column: name }, `${table}.${name} ${what}.`, remedies),
  );
}
