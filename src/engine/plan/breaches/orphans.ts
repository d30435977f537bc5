// Orphans: rows whose foreign key leads to no row that moves, with the ways out of it.

import { many } from '../../../shared/format.ts';
import { mayBeLeftOut } from '../../../shared/left-out.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import type { Rule } from '../../../shared/model/rule.ts';
import { tellsCaseApart } from '../columns.ts';
import { type Context, finding } from '../context.ts';
import { mayLookInto } from '../lookups.ts';
import { errorsOf } from '../pairs.ts';
import { type ColumnPair, listed, type TablePair } from '../reconcile.ts';
import { outcomeFor } from '../rules.ts';
import { unlessGapless } from './gapless.ts';
import { doubtfulReferences, type Reference } from './references.ts';
import { type Breaches, breachesIn, breachSelect, exampleWords, keysOf, MOVING, wholeKeys } from './select.ts';

/**
 * As the target will compare: a key with a NULL in it leads nowhere and need not.
 * Joined, since MariaDB remembers what NOT EXISTS found by values that it takes for equal where case does not matter.
 */
export function orphanSelect(reference: Reference, context: Context): string {
  const { pair, other, own, theirs } = reference;
  const { quote, exact, onlyIf } = context.sourceDialect.relation;
  const mine = own.map(({ source }) => `${quote(MOVING)}.${quote(source.name)}`);
  const its = theirs.map(({ source }) => `${quote(PARENTS)}.${quote(source.name)}`);
  const matches = own.map((column, i) => {
    const same = `${its[i]} = ${mine[i]}`;
    return isExact(column, theirs[i]!, context) ? `${same} AND ${exact(its[i]!)} = ${exact(mine[i]!)}` : same;
  });
  const doubtful = unlessGapless(reference, context);
  const keys = wholeKeys(own, pair, context);
  const select =
    `SELECT ${mine.join(', ')} FROM (${doubtful === null ? keys : onlyIf(keys, doubtful)}) AS ${quote(MOVING)}` +
    ` LEFT JOIN (${keysOf(theirs, other, context)}) AS ${quote(PARENTS)} ON ${matches.join(' AND ')}` +
    ` WHERE ${its[0]} IS NULL`;
  return breachSelect({ columns: own, select, counted: 'n' }, context);
}

/** No table is called so by accident. */
const PARENTS = '=drover parents';

/** Null where it was not found out in time, undefined where it need not be asked. */
export function orphansOf(reference: Reference, context: Context): Breaches | null | undefined {
  const rows = context.statements[orphanSelect(reference, context)];
  return rows == null ? rows : breachesIn(rows);
}

/** The target tells texts apart that lead to each other where case does not matter. */
function isExact(column: ColumnPair, other: ColumnPair, context: Context): boolean {
  return [column, other].every(
    (each) =>
      each.sourceLogical.kind === 'text' && (context.targetCan.caseSensitiveByDefault || tellsCaseApart(each, context)),
  );
}

export function reportOrphans(pairs: readonly TablePair[], context: Context): void {
  const late: string[] = [];
  for (const reference of doubtfulReferences(pairs, context)) {
    if (isLeftOut(reference)) continue;
    const orphans = orphansOf(reference, context);
    if (orphans === null) late.push(named(reference));
    else if (orphans && orphans.rows > 0) reportReference(reference, orphans, pairs, context);
  }
  if (late.length === 0) return;
  context.report(
    finding(
      'warning',
      'value.orphans-unknown',
      { side: 'source' },
      `It took too long to find out whether rows lack the row that a foreign key leads to: ${listed(late)}.`,
      ['The run finds out when it builds the keys, and rolls back if there are any.'],
    ),
  );
}

/** What the source does not vouch for is left out where it does not hold, and said so where keys are planned. */
function isLeftOut({ pair, name }: Reference): boolean {
  return pair.source.foreignKeys.some((key) => key.name === name && key.validated === false);
}

function reportReference(reference: Reference, orphans: Breaches, pairs: readonly TablePair[], context: Context): void {
  const { pair, other, own, name } = reference;
  const [only] = own;
  const place = {
    side: 'source',
    table: pair.source.name,
    ...(own.length === 1 ? { column: only!.source.name } : {}),
    ...(name === null ? {} : { object: name }),
  } as const;
  const told = orphanWords(reference, orphans);
  const kept = outcomeOf(reference, context) === 'quarantine';
  const left = mayBeLeftOut({ errors: errorsOf(pair.mapping, context.project) });
  const where = other.into ? `, unless they stand in ${other.into.name} of the target already` : '';
  context.report(
    finding(
      kept || left || other.into ? 'warning' : 'blocker',
      'value.orphan',
      place,
      kept ? `${told}; they go into quarantine.` : `${told}${where}${left ? '; the table is left out then' : ''}.`,
      kept ? [] : remediesFor(reference, pairs, context),
      String(orphans.rows),
    ),
  );
}

/** "3 rows of dogs lead nowhere: owners has no id 99 (2 rows) and no id 100". */
export function orphanWords({ pair, other, theirs }: Reference, orphans: Breaches): string {
  const { rows } = orphans;
  const columns = theirs.map(({ source }) => source.name).join(', ');
  return `${many(rows, 'row')} of ${pair.source.name} ${rows === 1 ? 'leads' : 'lead'} nowhere: of what moves, ${other.source.name} (${columns}) lacks ${exampleWords(theirs, orphans)}`;
}

function named({ pair, own }: Reference): string {
  return `${pair.source.name} (${own.map(({ source }) => source.name).join(', ')})`;
}

/** What a rule of the project makes of such rows; null where it has none. */
function outcomeOf(
  { pair, other, own, theirs }: Reference,
  { project }: Context,
): 'stop' | 'quarantine' | 'warn' | null {
  const errors = errorsOf(pair.mapping, project);
  const rule = (pair.mapping.rules ?? []).find(
    (each) =>
      own.length === 1 &&
      each.rule === 'exists' &&
      each.column === own[0]!.mapping.target &&
      each.in === other.mapping.target &&
      each.match === theirs[0]!.mapping.target,
  );
  return rule ? outcomeFor(rule, errors) : null;
}

function remediesFor(reference: Reference, pairs: readonly TablePair[], context: Context): Remedy[] {
  const { pair, other, own, theirs } = reference;
  const table = pair.source.name;
  const key = own.map(({ mapping }) => mapping.target);
  const to = other.mapping.target;
  const rule = existsRule(reference, pairs, context);
  return [
    ...(rule
      ? [
          {
            text: 'Keep these rows aside in quarantine, by a rule.',
            change: { kind: 'add rule' as const, table, rule },
          },
        ]
      : []),
    {
      text: 'Leave these rows out, by a filter.',
      change: { kind: 'filter', table, condition: parentCondition(own, theirs, other, context) },
    },
    {
      text: `Let the target do without this foreign key to ${to}.`,
      change: { kind: 'leave out key', table, columns: key, to },
    },
  ];
}

/** Only where the other table can be loaded first, and its rows are there to be looked at. */
function existsRule(
  { pair, other, own, theirs }: Reference,
  pairs: readonly TablePair[],
  context: Context,
): Rule | null {
  const [column, match] = [own[0]!, theirs[0]!].map(({ mapping }) => mapping.target) as [string, string];
  const place = other.mapping.target;
  if (own.length > 1 || outcomeOf({ pair, other, own, theirs, name: null }, context) !== null) return null;
  if (!mayLookInto(pair.mapping.target, place, pairs)) return null;
  return { rule: 'exists', column, in: place, match, onBreak: 'quarantine' };
}

/** In the words of the source, and without the name of the table itself: a filter goes by several. */
function parentCondition(
  own: readonly ColumnPair[],
  theirs: readonly ColumnPair[],
  other: TablePair,
  context: Context,
): string {
  const { quote, exact } = context.sourceDialect.relation;
  const isText = own.map((column, i) => isExact(column, theirs[i]!, context));
  const write = ({ source }: ColumnPair, i: number) => (isText[i] ? exact(quote(source.name)) : quote(source.name));
  const written = own.map(write).join(', ');
  const key = own.length === 1 ? written : `(${written})`;
  const blanks = own.map(({ source }) => `${quote(source.name)} IS NULL`);
  return [...blanks, `${key} IN (${keysOf(theirs, other, context, write)})`].join(' OR ');
}
