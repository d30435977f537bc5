// Remedies for a column's values: of the types that might do, only those with which the plan no longer complains.

import { keepsAside } from '../../../shared/left-out.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { DEFAULT_PERCENT } from '../../../shared/quarantine-words.ts';
import { keyedColumns } from '../../dialects/keyed.ts';
import type { Context } from '../context.ts';
import { countedRows, errorsOf } from '../pairs.ts';
import { type ColumnPair, pairColumn, type TablePair } from '../reconcile.ts';
import type { Advice } from '../risks/risk.ts';
import { hasRoomFor } from './apart.ts';
import { type Judged, judgeColumn, sameWords } from './judging.ts';

/** `all` is everything that was judged of the column. A blocker always gets a remedy that a click can take. */
export function columnRemedies(
  judged: Judged,
  all: readonly Judged[],
  pair: TablePair,
  column: ColumnPair,
  context: Context,
): Remedy[] {
  const at = { table: pair.source.name, column: column.source.name };
  const remedies: Remedy[] = [];
  const mayBeNull = column.source.nullable && column.mapping.unrepresentable !== 'null';

  if (judged.severity === 'blocker' && judged.policy && mayBeNull) {
    const text = 'Store NULL instead of values that do not fit, counted in the report.';
    remedies.push({ text, change: { kind: 'null misfits', ...at } });
  }
  if (pair.into) return [...remedies, ...insteadOfTypes(judged, pair, at), ...keptAside(judged, pair, context)];
  if (judged.code === 'value.null-not-allowed') {
    const allowed = {
      text: 'Let the target column be NULL.',
      change: { kind: 'allow null', ...madeBy(pair, column) },
    } as const;
    return [allowed, ...keptAside(judged, pair, context)];
  }
  for (const advice of judged.advice ?? []) remedies.push(...follow(advice));
  if (judged.severity !== 'blocker') return remedies;
  // Known only when all that the values need is known: the type the map would choose, then what takes anything.
  const offered = remedies.some(({ change }) => change?.kind === 'type');
  const other = offered ? undefined : [column.sourceLogical, TEXT, BYTES].map(typeFor).find((type) => type !== null);
  if (other !== undefined) remedies.push(choose('Choose another type', other));
  remedies.push(...keptAside(judged, pair, context));
  if (!remedies.some(({ change }) => change) && pair.columns.length > 1) {
    remedies.push({ text: `Leave out the column ${at.column}.`, change: { kind: 'skip column', ...at } });
  }
  return remedies;

  function follow(advice: Advice): Remedy[] {
    if (typeof advice === 'string') return [{ text: advice }];
    if ('choose' in advice) {
      const type = typeFor(advice.choose);
      return type === null ? [] : [choose(advice.text, type)];
    }
    return mayBeNull ? [{ text: `${advice.text}.`, change: { kind: 'null misfits', ...at } }] : [];
  }

  function choose(text: string, type: string): Remedy {
    return { text: `${text}, such as ${type}.`, change: { kind: 'type', ...at, type } };
  }

  /** The target's words for it; null where they would not help. */
  function typeFor(logical: LogicalType): string | null {
    const facts = {
      answers: context.profile[at.table]?.[at.column] ?? {},
      keyed: keyedColumns(pair.source, context.source).has(at.column),
      identity: false,
    };
    const { native } = context.targetDialect.types.propose(logical, facts, context.target.server);
    return !sameWords(native, column.mapping.type) && helps(native) ? native : null;
  }

  /** What is complained of is gone, and nothing new stands in the way. */
  function helps(type: string): boolean {
    const changed = pairColumn({ ...column.mapping, type }, pair.mapping, pair.source, context);
    const before = new Set(all.filter(({ severity }) => severity === 'blocker').map(({ code }) => code));
    return judgeColumn(pair, changed, context).every(
      ({ code, severity }) => code !== judged.code && (severity !== 'blocker' || before.has(code)),
    );
  }
}

/** Where nothing is kept aside yet; what is beyond its limit needs another remedy. */
function keptAside(judged: Judged, pair: TablePair, context: Context): Remedy[] {
  const { mapping, source } = pair;
  if (judged.severity !== 'blocker' || judged.apart === undefined) return [];
  const policy = { onError: 'quarantine', percent: DEFAULT_PERCENT } as const;
  if (
    keepsAside(errorsOf(mapping, context.project)) ||
    !hasRoomFor(judged, policy, countedRows(source, context.profile))
  )
    return [];
  const text = `Keep such rows aside in quarantine, up to ${DEFAULT_PERCENT} % of ${source.name}.`;
  return [{ text, change: { kind: 'keep aside', table: source.name, percent: DEFAULT_PERCENT } }];
}

/** Where a target column comes from the mapping of another table, that one says whether it may be NULL. */
function madeBy({ source, joins }: TablePair, { mapping, source: own }: ColumnPair): { table: string; column: string } {
  const made = joins?.columns.find((column) => column.mapping.target === mapping.target);
  return { table: (made && joins ? joins.source : source).name, column: (made?.source ?? own).name };
}

/** The table there has its types, and keeps them. */
function insteadOfTypes(judged: Judged, pair: TablePair, at: { table: string; column: string }): Remedy[] {
  if (judged.severity !== 'blocker') return [];
  return [
    { text: 'Change the values with a step, or leave the rows out with a filter.' },
    ...(pair.columns.length > 1
      ? [{ text: `Leave out the column ${at.column}.`, change: { kind: 'skip column' as const, ...at } }]
      : []),
  ];
}

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };
