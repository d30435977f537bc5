// Cuts large tables into ranges of an integer key, so that several connections can load them and a failure costs little.

import type { Table } from '../../shared/model/catalog.ts';
import type { ChunkRange } from '../../shared/model/plan.ts';
import type { Answers } from '../../shared/model/profile.ts';

/** Tables of more rows than this are cut; a chunk is about half of it. */
const CHUNK_THRESHOLD = 500_000;
const ROWS_PER_CHUNK = 250_000;
const MOST_CHUNKS = 256;

/** The single integer column that is unique and never NULL, by which a large table may be cut; else null. */
export function chunkColumn(table: Table): string | null {
  if (table.rowEstimate <= CHUNK_THRESHOLD) return null;
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques];
  for (const { columns } of keys) {
    const column = table.columns.find((candidate) => columns.length === 1 && candidate.name === columns[0]);
    if (column?.logical.kind === 'integer' && !column.nullable) return column.name;
  }
  return null;
}

/** Ranges that tile every integer without gap or overlap: the first is open below, the last above. */
export function chunkRanges(table: Table, answers: Readonly<Record<string, Answers>>): ChunkRange[] {
  const column = chunkColumn(table);
  const { min, max } = (column === null ? undefined : answers[column]) ?? {};
  if (column === null || min == null || max == null || !isInteger(min) || !isInteger(max)) return [{ kind: 'all' }];
  const [low, high] = [BigInt(min), BigInt(max)];
  const wanted = BigInt(Math.min(MOST_CHUNKS, Math.ceil(table.rowEstimate / ROWS_PER_CHUNK)));
  const width = high - low + 1n;
  const count = width < wanted ? width : wanted;
  if (count < 2n) return [{ kind: 'all' }];

  const bounds: string[] = [];
  for (let i = 1n; i < count; i++) bounds.push((low + (width * i) / count - 1n).toString());
  return [...bounds, null].map((upto, i) => ({ kind: 'range', column, after: bounds[i - 1] ?? null, upto }));
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}
