// Finds which rows differ: one pass sorts rows into buckets by key, a second reads the rows of unequal buckets.

import type { Reader } from '../dialects/reading.ts';
import { fieldLength, NULL_LENGTH } from './batch.ts';
import { compileCanonical, type Digest } from './digest.ts';
import { murmur128 } from './murmur.ts';
import type { Side, SuspectRow, TableWork } from './order.ts';
import { printable } from './printable.ts';
import { batchesOf, planPass } from './scan.ts';

const BUCKETS = 4096;
const WORD = 0x1_0000_0000;

/** Sums of row hashes by bucket of the key; a row without key is its own key. */
export async function bucketSums(reader: Reader, work: TableWork, side: Side, signal: AbortSignal): Promise<Digest[]> {
  const rows = new Uint32Array(BUCKETS);
  const sums = new Float64Array(BUCKETS * 4);
  await eachRow(reader, work, side, signal, (row) => {
    const bucket = row.keyHash[0]! % BUCKETS;
    rows[bucket]!++;
    for (let i = 0; i < 4; i++) sums[bucket * 4 + i] = (sums[bucket * 4 + i]! + row.hash[i]!) % WORD;
  });
  return [...rows].map((count, bucket) => ({
    rows: count,
    sum: [...sums.subarray(bucket * 4, bucket * 4 + 4)].map(hex).join(''),
  }));
}

/** The rows of the given buckets, at most `limit` of them. */
export async function suspectRows(
  reader: Reader,
  work: TableWork,
  side: Side,
  buckets: readonly number[],
  limit: number,
  signal: AbortSignal,
): Promise<{ rows: SuspectRow[]; cut: boolean }> {
  const wanted = new Set(buckets);
  const rows: SuspectRow[] = [];
  let cut = false;
  const names = work.lanes.map((lane) => lane.target);
  await eachRow(reader, work, side, signal, (row) => {
    if (!wanted.has(row.keyHash[0]! % BUCKETS)) return;
    if (rows.length >= limit) {
      cut = true;
      return;
    }
    const fields = row.fields();
    rows.push({
      id: [...row.keyHash].map(hex).join(''),
      key: Object.fromEntries(work.match.map((i) => [names[i]!, fields[i]!.text])),
      values: fields.map((field) => field.text),
      hashes: fields.map((field) => field.hash),
    });
  });
  return { rows, cut };
}

interface HashedRow {
  readonly keyHash: Uint32Array;
  readonly hash: Uint32Array;
  fields(): { text: string; hash: string }[];
}

async function eachRow(
  reader: Reader,
  work: TableWork,
  side: Side,
  signal: AbortSignal,
  visit: (row: HashedRow) => void,
): Promise<void> {
  const pass = planPass(work, side);
  const columns = work.lanes.map((lane) => ({ name: lane.target, logical: lane.targetLogical }));
  const canonical = compileCanonical(columns, new Map());
  const isKey = columns.map((_, i) => work.match.includes(i));
  const hash = new Uint32Array(4);
  const keyHash = new Uint32Array(4);
  let keyBytes = Buffer.alloc(4096);

  for await (const batch of batchesOf(reader, pass, signal)) {
    canonical(batch, (bytes, start, end) => {
      murmur128(bytes, start, end, hash);
      if (work.match.length === 0) keyHash.set(hash);
      else {
        if (keyBytes.length < end - start) keyBytes = Buffer.alloc((end - start) * 2);
        const length = copyKey(bytes, start, isKey, keyBytes);
        murmur128(keyBytes, 0, length, keyHash);
      }
      visit({ hash, keyHash, fields: () => readFields(bytes, start, columns.length, work) });
    });
  }
}

function copyKey(bytes: Buffer, start: number, isKey: readonly boolean[], to: Buffer): number {
  let at = start;
  let length = 0;
  for (const key of isKey) {
    const size = fieldLength(bytes, at);
    const end = at + 4 + (size === NULL_LENGTH ? 0 : size);
    if (key) length += bytes.copy(to, length, at, end);
    at = end;
  }
  return length;
}

function readFields(bytes: Buffer, start: number, count: number, work: TableWork): { text: string; hash: string }[] {
  const words = new Uint32Array(4);
  let at = start;
  return Array.from({ length: count }, (_, i) => {
    const size = fieldLength(bytes, at);
    const from = at + 4;
    const end = size === NULL_LENGTH ? from : from + size;
    murmur128(bytes, at, end, words);
    at = end;
    return {
      text: size === NULL_LENGTH ? 'NULL' : printable(bytes, from, end, work.lanes[i]!.targetLogical.kind),
      hash: [...words].map(hex).join(''),
    };
  });
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
