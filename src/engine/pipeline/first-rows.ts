// The first rows of a scan, each field by itself, with the values that could not be read as their column's type.

import { setTimeout } from 'node:timers/promises';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Answers } from '../../shared/model/profile.ts';
import type { Misfit, Reader, Scan } from '../dialects/reading.ts';
import { SAMPLE_SECONDS, tooSlow } from '../dialects/sampling.ts';
import { fieldLength, NULL_LENGTH } from './batch.ts';

export interface FirstRows {
  /** Rows of fields in the batch's form; null is NULL, and also stands where a misfit was. */
  readonly rows: readonly (readonly (Buffer | null)[])[];
  readonly misfits: readonly Misfit[];
}

/** Throws `inspect.too-slow` when the rows do not come in time, and what the reader throws. */
export async function readFirstRows(reader: Reader, scan: Omit<Scan, 'glance'>, limit: number): Promise<FirstRows> {
  const rows: (Buffer | null)[][] = [];
  const misfits: Misfit[] = [];
  const glance = { limit, misfit: (misfit: Misfit) => void misfits.push(misfit) };
  const patience = new AbortController();
  const timer = setTimeout(SAMPLE_SECONDS * 1000, undefined, { signal: patience.signal, ref: false }).then(
    () => patience.abort(tooSlow(scan.table.name)),
    () => undefined,
  );
  try {
    for await (const batch of reader.read({ ...scan, glance }, patience.signal)) {
      let at = 0;
      for (let row = 0; row < batch.rows; row++) {
        rows.push(
          scan.columns.map(() => {
            const length = fieldLength(batch.bytes, at);
            const start = at + 4;
            at = length === NULL_LENGTH ? start : start + length;
            return length === NULL_LENGTH ? null : Buffer.from(batch.bytes.subarray(start, at));
          }),
        );
      }
    }
    return { rows: rows.slice(0, limit), misfits };
  } finally {
    patience.abort();
    await timer;
  }
}

/** How the values of the columns that hold misfits are stored, as far as these rows show it. */
export function storageShown(columns: Scan['columns'], { rows, misfits }: FirstRows): Record<string, Answers> {
  const shown: Record<string, Answers> = {};
  for (const index of new Set(misfits.map(({ column }) => column))) {
    const { name, logical } = columns[index]!;
    const counts = { integer: 0, real: 0, text: 0, blob: 0 };
    const strays = misfits.filter(({ column }) => column === index);
    for (const { stored } of strays) counts[stored]++;
    const texts = counts.text;
    counts[ownStorage(logical)] += rows.filter((row) => row[index] !== null).length;
    shown[name] = {
      storageInteger: String(counts.integer),
      storageReal: String(counts.real),
      storageText: String(counts.text),
      storageBlob: String(counts.blob),
      ...(logical.kind === 'date' || logical.kind === 'timestamp' ? { notIsoTimestamp: String(texts) } : {}),
    };
  }
  return shown;
}

function ownStorage({ kind }: LogicalType): 'integer' | 'real' | 'text' | 'blob' {
  switch (kind) {
    case 'boolean':
    case 'integer':
      return 'integer';
    case 'decimal':
    case 'float':
      return 'real';
    case 'binary':
      return 'blob';
    default:
      return 'text';
  }
}
