// Duplicates: rows with the same values where the target shall tell them apart, as far as the source can count them.

import { many } from '../../../shared/format.ts';
import { mayBeLeftOut } from '../../../shared/left-out.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import { collationOf, tellsCaseApart } from '../columns.ts';
import { type Context, finding } from '../context.ts';
import { errorsOf } from '../pairs.ts';
import { type ColumnPair, listed, type TablePair } from '../reconcile.ts';
import { outcomeFor } from '../rules.ts';
import { breachesIn, breachSelect, exampleWords, keysOf, wholeKeys } from './select.ts';

/** A question about one key, and what the answer means. */
interface Doubt {
  readonly pair: TablePair;
  readonly columns: readonly ColumnPair[];
  readonly kind: 'duplicate' | 'collision';
  readonly select: string;
}

export function doubtfulKeys(pairs: readonly TablePair[], context: Context): Doubt[] {
  return pairs
    .filter(({ into }) => !into)
    .flatMap((pair) => [...unprovenKeys(pair, context), ...looserKeys(pair, context)]);
}

/** Keys that the source does not hold itself: those of the project. */
function unprovenKeys(pair: TablePair, context: Context): Doubt[] {
  const { keys, rowKey } = pair.mapping;
  const byTarget = [...(keys?.primary ? [keys.primary] : []), ...(keys?.unique ?? [])].map((names) =>
    names.map((name) => pair.columns.find(({ mapping }) => mapping.target === name)),
  );
  const bySource =
    rowKey && !keys?.primary ? [rowKey.map((name) => pair.columns.find(({ source }) => source.name === name))] : [];
  return [...byTarget, ...bySource].flatMap((found): Doubt[] => {
    const columns = found.filter((each) => each !== undefined);
    // Steps make other values; numbers of a sequence are each their own.
    const known =
      columns.length === found.length &&
      columns.every(({ shape, mapping }) => !shape && mapping.from?.kind !== 'sequence');
    if (!known) return [];
    const select = wholeKeys(columns, pair, context);
    return [
      {
        pair,
        columns,
        kind: 'duplicate',
        select: breachSelect({ columns, select, having: 'count(*) > 1', counted: 'n - 1' }, context),
      },
    ];
  });
}

/** Columns of unique keys for which the target has a rule of its own for which texts are equal. */
function looserKeys(pair: TablePair, context: Context): Doubt[] {
  const { source } = pair;
  const names = new Set([
    ...(source.primaryKey?.columns ?? []),
    ...source.uniques.flatMap(({ columns }) => columns),
    ...source.indexes.flatMap(({ unique, parts }) => (unique ? parts.flatMap(({ column }) => column ?? []) : [])),
  ]);
  return pair.columns
    .filter((column) => names.has(column.source.name) && isLooser(column, context))
    .map((column) => {
      const { quote, beyondAscii } = context.sourceDialect.relation;
      const select = keysOf([column], pair, context, undefined, [beyondAscii(quote(column.source.name))]);
      return {
        pair,
        columns: [column],
        kind: 'collision',
        select: breachSelect({ columns: [column], select, counted: 'n' }, context),
      };
    });
}

function isLooser(column: ColumnPair, context: Context): boolean {
  const { mapping, sourceLogical, targetLogical, shape } = column;
  if (context.targetCan.caseSensitiveByDefault || shape || /\bcollate\b/i.test(mapping.type)) return false;
  if (sourceLogical.kind !== 'text' || targetLogical.kind !== 'text') return false;
  return !tellsCaseApart(column, context) && collationOf(column, context) === null;
}

export function reportDuplicates(pairs: readonly TablePair[], context: Context): void {
  const late: string[] = [];
  for (const doubt of doubtfulKeys(pairs, context)) {
    const rows = context.statements[doubt.select];
    if (rows === null) late.push(named(doubt));
    else if (rows !== undefined && rows.length > 0) report(doubt, breachesIn(rows), context);
  }
  if (late.length === 0) return;
  context.report(
    finding(
      'warning',
      'value.duplicates-unknown',
      { side: 'source' },
      `It took too long to find out whether rows share the values of a key: ${listed(late)}.`,
      ['The run finds out when it loads the rows or builds the keys, and rolls back if they do.'],
    ),
  );
}

function report(doubt: Doubt, breaches: ReturnType<typeof breachesIn>, context: Context): void {
  const { pair, columns, kind } = doubt;
  const [only] = columns;
  const place = {
    side: kind === 'collision' ? 'source' : 'project',
    table: pair.source.name,
    ...(columns.length === 1 ? { column: only!.source.name } : {}),
  } as const;
  const rows = String(breaches.rows);
  const shown = exampleWords(columns, breaches);
  if (kind === 'collision') {
    const message =
      `The target may take values of ${named(doubt)} for equal that the source tells apart: ${many(breaches.rows, 'row')} ` +
      `${breaches.rows === 1 ? 'has' : 'have'} other characters than those of ASCII: ${shown}. The key is unique, so the run would stop and roll back.`;
    context.report(finding('warning', 'value.may-collide', place, message, exactly(pair, only!, context), rows));
    return;
  }
  const kept = outcomeOf(doubt, context) === 'quarantine';
  const left = mayBeLeftOut({ errors: errorsOf(pair.mapping, context.project) });
  const message = `${many(breaches.rows, 'row')} of ${named(doubt)} ${breaches.rows === 1 ? 'repeats' : 'repeat'} the key of another row: ${shown}`;
  context.report(
    finding(
      kept || left ? 'warning' : 'blocker',
      'value.duplicate',
      place,
      kept
        ? `${message}; of each the first one moves, the others go into quarantine.`
        : `${message}${left ? '; the table is left out then' : ''}.`,
      kept ? [] : withRule(doubt),
      rows,
    ),
  );
}

function named({ pair, columns }: Doubt): string {
  return `${pair.source.name} (${columns.map(({ source }) => source.name).join(', ')})`;
}

function exactly({ source }: TablePair, column: ColumnPair, { targetDialect, target }: Context): Remedy[] {
  const type = targetDialect.types.exactType(column.mapping.type, target.server);
  if (type === null) return [];
  const change = { kind: 'type', table: source.name, column: column.source.name, type } as const;
  return [{ text: 'Let the target compare them character by character, with regard to case.', change }];
}

/** What a rule of the project makes of the rows behind the first one; null where it has none. */
function outcomeOf({ pair, columns }: Doubt, { project }: Context): 'stop' | 'quarantine' | 'warn' | null {
  const names = columns.map(({ mapping }) => mapping.target).toSorted();
  const rule = (pair.mapping.rules ?? []).find(
    (each) => each.rule === 'unique' && JSON.stringify(each.columns.toSorted()) === JSON.stringify(names),
  );
  const errors = errorsOf(pair.mapping, project);
  return rule ? outcomeFor(rule, errors) : null;
}

/** Only where a key of the source says which row is the first. */
function withRule({ pair, columns }: Doubt): (Remedy | string)[] {
  const names = columns.map(({ mapping }) => mapping.target);
  const change = {
    kind: 'add rule',
    table: pair.source.name,
    rule: { rule: 'unique', columns: names, onBreak: 'quarantine' },
  } as const;
  const isRuled = (pair.mapping.rules ?? []).some(({ rule }) => rule === 'unique');
  const other = 'Correct the keys of the project, or leave rows out with a filter or a query.';
  if (!pair.source.primaryKey || pair.mapping.rowKey || isRuled) return [other];
  return [
    {
      text: 'Move the first row of each and keep the others aside in quarantine, by a rule.',
      change: { ...change, rule: { ...change.rule, columns: [...names] } },
    },
    other,
  ];
}
