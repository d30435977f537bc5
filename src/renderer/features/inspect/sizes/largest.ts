// The largest tables by a measure, and what all others hold together.

import { count } from '../../../../shared/format.ts';
import type { TableSummary } from '../../../../shared/model/overview.ts';

export const measures = ['bytes', 'rows'] as const;
export type Measure = (typeof measures)[number];

export interface Part {
  readonly name: string;
  readonly value: number;
  /** Not one table but all that are not shown. */
  readonly rest: boolean;
}

const SHOWN = 20;

export function largest(tables: readonly TableSummary[], measure: Measure): readonly Part[] {
  const parts = tables
    .map((table) => ({ name: table.name, value: table[measure] ?? 0, rest: false }))
    .sort((a, b) => b.value - a.value);
  const rest = parts.slice(SHOWN);
  if (rest.length === 0) return parts;
  const value = rest.reduce((sum, part) => sum + part.value, 0);
  const name = rest.length === 1 ? '1 more table' : `${count(rest.length)} more tables`;
  return [...parts.slice(0, SHOWN), { name, value, rest: true }];
}
