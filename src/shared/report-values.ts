// What the lists of a report are sorted by and copied as: one value for each column.

import { sourceWords } from './feeds.ts';
import { count } from './format.ts';
import type { Finding, Place } from './model/finding.ts';
import type { QuarantinedRow, QuarantineQuery } from './model/quarantine.ts';
import type { ChangesQuery, FindingsQuery, Points, TableChange, TableLine, TablesQuery } from './model/report-page.ts';
import type { Value } from './ordering.ts';

type Values<R, Q extends { readonly sort: readonly { readonly by: string }[] }> = Readonly<
  Record<Q['sort'][number]['by'], (row: R) => Value>
>;

export const lineValues: Values<TableLine, TablesQuery> = {
  table: tableName,
  target: ({ target }) => target,
  equal: ({ equal }) => (equal ? 'equal' : 'different'),
  sourceRows: ({ sourceRows }) => sourceRows,
  targetRows: ({ targetRows }) => targetRows,
  quarantined: ({ quarantined }) => quarantined,
  digest: ({ sourceDigest, targetDigest }) =>
    sourceDigest === targetDigest ? sourceDigest : `${sourceDigest} ≠ ${targetDigest}`,
  differences: ({ differing }) => differing,
  witnesses: ({ witnesses }) => agreement(witnesses),
  structure: ({ structure }) => agreement(structure),
  seconds: secondsOf,
  bytes: ({ bytes }) => bytes,
  keptAs: ({ keptAs }) => keptAs,
};

/** The gravest first. */
const rank = { blocker: 0, warning: 1, note: 2 } as const;

export const findingValues: Values<Finding, FindingsQuery> = {
  severity: ({ severity }) => rank[severity],
  place: ({ place }) => placeText(place),
  message: ({ message }) => message,
};

export const changeValues: Values<TableChange, ChangesQuery> = {
  table: ({ table }) => table,
  what: ({ what }) => what,
  rows: ({ rows }) => rows,
  changed: ({ changed }) => (changed ? 'changed by decision' : 'same, spelled otherwise'),
};

export const quarantineValues: Values<QuarantinedRow, QuarantineQuery> = {
  table: ({ table }) => table,
  source: ({ source }) => source,
  key: ({ key }) =>
    Object.entries(key)
      .map(([name, value]) => `${name} = ${value ?? 'NULL'}`)
      .join(', '),
  column: ({ column }) => column,
  step: ({ step, rule }) => step ?? rule ?? 'the type',
  reason: ({ reason }) => reason,
};

export function tableName(table: Pick<TableLine, 'source' | 'target'> & Partial<Pick<TableLine, 'feeds'>>): string {
  const [from, { target }] = [sourceWords(table), table];
  return from === target ? target : `${from} → ${target}`;
}

export function secondsOf({ seconds }: Pick<TableLine, 'seconds'>): number {
  return seconds.load + seconds.index + seconds.verify;
}

/** "12 of 12" */
export function agreement({ equal, total }: Points): string {
  return `${count(equal)} of ${count(total)}`;
}

export function placeText({ side, table, column, object }: Place): string {
  return [side, [table, column].filter(Boolean).join('.'), object].filter(Boolean).join(' ');
}
