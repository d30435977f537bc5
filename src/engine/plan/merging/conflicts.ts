// Rows whose key stands in the target already, counted before a run where both tables are small.

import type { SampleRows } from '../../../shared/model/overview.ts';
import type { SampleRequest } from '../../dialects/dialect.ts';
import { SAMPLE_CHARACTERS } from '../../dialects/sampling.ts';
import { type Context, contextOf, type PlanSides } from '../context.ts';
import { reconcile, type TablePair } from '../reconcile.ts';
import { keyOf } from './draft.ts';

/** Tables of more rows than this are not looked through while somebody waits for a plan. */
const SMALL = 20_000;

export interface Samplers {
  readonly source: (request: SampleRequest) => Promise<SampleRows>;
  readonly target: (request: SampleRequest) => Promise<SampleRows>;
}

/** By source table; those that can't be told cheaply are absent. Texts are compared as they are, collations aside. */
export async function countConflicts(sides: PlanSides, samplers: Samplers): Promise<Record<string, number>> {
  const context = contextOf(sides, {}, () => undefined);
  const counted: Record<string, number> = {};
  for (const pair of reconcile(context)) {
    // Too slow, or a filter that the source does not understand: the plan says so elsewhere.
    const conflicts = await conflictsOf(pair, samplers, context).catch(() => null);
    if (conflicts !== null) counted[pair.source.name] = conflicts;
  }
  return counted;
}

async function conflictsOf(pair: TablePair, samplers: Samplers, context: Context): Promise<number | null> {
  const { into, mapping, source } = pair;
  // Only what stands there under its name can be sampled.
  if (!into || source.query !== undefined || into.rowEstimate > SMALL || source.rowEstimate > SMALL) return null;
  const key = keyOf(pair, into, context);
  if (key.handedOut || key.columns.length === 0) return null;
  const columns = key.columns.map((name) => pair.columns.find((column) => column.mapping.target === name)!);
  const isPlain = columns.every(
    ({ shape, sourceLogical, targetLogical }) =>
      !shape && sourceLogical.kind === targetLogical.kind && ['integer', 'text', 'uuid'].includes(sourceLogical.kind),
  );
  if (!isPlain) return null;
  const limit = SMALL + 1;
  const ours = await samplers.source({ table: source.name, limit, filter: mapping.filter ?? null });
  const theirs = await samplers.target({ table: into.name, limit, filter: null });
  if (ours.rows.length >= limit || theirs.rows.length >= limit) return null;
  const standing = new Set(
    keysIn(
      theirs,
      columns.map((column) => column.mapping.target),
    ),
  );
  const coming = keysIn(
    ours,
    columns.map((column) => column.source.name),
  );
  return coming.filter((each) => standing.has(each)).length;
}

/** Values are cut: a key that is as long as that may be another. */
function keysIn({ columns, rows }: SampleRows, names: readonly string[]): string[] {
  const places = names.map((name) => columns.indexOf(name));
  return rows
    .map((row) => places.map((place) => row[place] ?? null))
    .filter((values) => values.every((value) => value !== null && value.length < SAMPLE_CHARACTERS))
    .map((values) => JSON.stringify(values));
}
