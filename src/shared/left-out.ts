// Which tables may be left out of a run, which of the others go with them, and how that is said.

import { list } from './format.ts';
import type { TablePlan } from './model/plan.ts';
import type { ErrorPolicy } from './model/quarantine.ts';
import type { LeftTable } from './model/report.ts';

/** What of a plan decides who goes with whom. */
export type Tied = Pick<TablePlan, 'target' | 'lookups' | 'feeds' | 'merge' | 'standsOn'>;

/** When it can't be moved, it alone is given up and not the run. */
export function mayBeLeftOut({ errors }: Pick<TablePlan, 'errors'>): boolean {
  return errors.onError === 'skip';
}

/** Rows that can't be moved are kept aside, up to a limit. */
export function keepsAside({ onError, rows, percent }: ErrorPolicy): boolean {
  return onError === 'quarantine' || (onError === 'skip' && (rows !== undefined || percent !== undefined));
}

/**
 * For a table all others that can't be published without it: those that refer to it or look into it; and since the one
 * that stands in its place stays, replaced tables to which that refers. Several that feed one target go together.
 */
export function companions<T extends Tied>(tables: readonly T[]): (table: T) => T[] {
  const ties = tiesOf(tables);
  const places = new Map(tables.map((table, at) => [table, at]));
  return (table) =>
    reached(ties, [places.get(table)!])
      .slice(1)
      .map((at) => tables[at]!);
}

/** Tables that some table's policy may take out of the run. */
export function endangered<T extends Tied & Pick<TablePlan, 'errors'>>(tables: readonly T[]): ReadonlySet<T> {
  const first = [...tables.keys()].filter((at) => mayBeLeftOut(tables[at]!));
  return new Set(reached(tiesOf(tables), first).map((at) => tables[at]!));
}

/** By place: which others go with each. */
function tiesOf(tables: readonly Tied[]): ReadonlySet<number>[] {
  const places = Map.groupBy(tables.keys(), (at) => tables[at]!.target.name);
  const ties = tables.map(() => new Set<number>());
  for (const [at, table] of tables.entries()) {
    for (const name of [table.target.name, ...parentsOf(table)]) {
      for (const other of places.get(name) ?? []) ties[other]!.add(at);
    }
    for (const name of table.standsOn) for (const other of places.get(name) ?? []) ties[at]!.add(other);
  }
  return ties;
}

function reached(ties: readonly ReadonlySet<number>[], starts: readonly number[]): number[] {
  const found = new Set(starts);
  // A set is gone through to its end, also what is added meanwhile.
  for (const at of found) for (const other of ties[at]!) found.add(other);
  return [...found];
}

function parentsOf({ target, lookups, feeds, merge }: Tied): string[] {
  return [
    ...target.foreignKeys.map(({ references }) => references.table),
    ...[...lookups, ...feeds.flatMap((feed) => feed.lookups)].flatMap(({ table, moves }) => (moves ? [table] : [])),
    ...(merge?.parents ?? []),
  ];
}

type Told = Pick<LeftTable, 'target' | 'because' | 'reason'>;

/** "A row of orders breaks …", "left out with orders". */
export function leftReason({ because, reason }: Omit<Told, 'target'>): string {
  if (because !== null) return `left out with ${because}`;
  return reason.cause ? `${reason.message} ${reason.cause}` : reason.message;
}

/** The same with the table's name in front. */
export function leftWords(table: Told): string {
  return `${table.target}: ${leftReason(table)}`;
}

const NAMED = 6;

/** What is said of a table beforehand. */
export function fateWords(table: string, others: readonly string[]): string {
  const alone = `If ${table} can't be moved, it is left out`;
  return others.length === 0 ? `${alone}.` : `${alone}, and with it ${list(others, NAMED)}.`;
}
