// Keys of small tables, read while somebody waits for a plan: so that those that meet are told of before a run.

import type { SampleRows } from '../../shared/model/overview.ts';
import { tableRead } from '../../shared/reads.ts';
import { SAMPLE_CHARACTERS } from '../dialects/sampling.ts';
import type { SampleRequest } from '../dialects/session.ts';
import type { TablePair } from './pairs.ts';

export type Sampler = (request: SampleRequest) => Promise<SampleRows>;

/** Tables of more rows than this are not looked through. */
const SMALL = 20_000;

/** Keys of the rows that move, by columns of the target; null where that can't be told cheaply. Texts are as they are. */
export async function keysMoving(
  { source, mapping, columns }: TablePair,
  names: readonly string[],
  sample: Sampler,
): Promise<string[] | null> {
  const table = tableRead(mapping);
  // Only what stands there under its name can be sampled, and not what is computed.
  if (table === null || mapping.limit || names.length === 0) return null;
  const used = names.map((name) => columns.find((column) => column.mapping.target === name));
  const isPlain = used.every(
    (column) =>
      column !== undefined &&
      !column.shape &&
      column.mapping.from === undefined &&
      column.sourceLogical.kind === column.targetLogical.kind &&
      ['integer', 'text', 'uuid'].includes(column.sourceLogical.kind),
  );
  if (!isPlain) return null;
  const sources = used.map((column) => column!.source.name);
  return keysIn(table, source.rowEstimate, sources, mapping.filter ?? null, sample);
}

/** Null where the table is not small. */
export async function keysIn(
  table: string,
  rowEstimate: number,
  names: readonly string[],
  filter: string | null,
  sample: Sampler,
): Promise<string[] | null> {
  if (rowEstimate > SMALL) return null;
  const { columns, rows } = await sample({ table, limit: SMALL + 1, filter });
  if (rows.length > SMALL) return null;
  const places = names.map((name) => columns.indexOf(name));
  return (
    rows
      .map((row) => places.map((place) => row[place] ?? null))
      // Values are cut: a key that is as long as that may be another.
      .filter((values) => values.every((value) => value !== null && value.length < SAMPLE_CHARACTERS))
      .map((values) => JSON.stringify(values))
  );
}
