// Digests: 128 bits a row, summed so that the order of rows does not matter and equal rows do not cancel.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from './batch.ts';
import { canonicaliser, countMinusZeros, type Normalisations } from './canonical.ts';
import { DigestKernel } from './digest-kernel.ts';
import { copyField } from './fields/field.ts';
import { murmur128 } from './murmur.ts';

/** Row count and Σ row digests mod 2^128, for any part of a table; parts add up to the whole. */
export interface Digest {
  readonly rows: number;
  /** 32 hex digits. */
  readonly sum: string;
}

const MODULUS = 1n << 128n;

export function addDigests(parts: Iterable<Digest>): Digest {
  let rows = 0;
  let sum = 0n;
  for (const part of parts) {
    rows += part.rows;
    sum += BigInt(`0x${part.sum}`);
  }
  return { rows, sum: (sum % MODULUS).toString(16).padStart(32, '0') };
}

/** Hashes the rows of batches in their canonical form. */
export class Digester {
  readonly normalisations: Normalisations = new Map();
  readonly #columns: readonly { readonly name: string }[];
  readonly #kernel: DigestKernel | null;
  readonly #canonical: Canonicalise;
  readonly #row = new Uint32Array(4);
  /** The four 32-bit words of the sum, lowest first, as doubles that are carried before they can overflow. */
  readonly #sum = new Float64Array(4);
  #rows = 0;

  /** `plain`: without the kernel, which must come to the same. */
  constructor(columns: readonly { readonly name: string; readonly logical: LogicalType }[], plain = false) {
    this.#columns = columns;
    this.#kernel = plain ? null : DigestKernel.of(columns.map(({ logical }) => logical));
    this.#canonical = compileCanonical(columns, this.normalisations);
  }

  add(batch: RowBatch): void {
    if (!this.#kernel?.add(batch, this.#sum, (column, values) => this.#minusZeros(column, values))) {
      this.#canonical(batch, (bytes, start, end) => this.#addRow(bytes, start, end));
    }
    this.#carry();
    this.#rows += batch.rows;
  }

  get digest(): Digest {
    const words = [...this.#sum].reverse().map((word) => word.toString(16).padStart(8, '0'));
    return { rows: this.#rows, sum: words.join('') };
  }

  #minusZeros(column: number, values: number): void {
    countMinusZeros(this.normalisations, this.#columns[column]!.name, values);
  }

  #addRow(bytes: Buffer, start: number, end: number): void {
    murmur128(bytes, start, end, this.#row);
    const sum = this.#sum;
    const row = this.#row;
    sum[0]! += row[0]!;
    sum[1]! += row[1]!;
    sum[2]! += row[2]!;
    sum[3]! += row[3]!;
  }

  /** A batch holds far fewer than 2^21 rows, so a word stays below 2^53 until here. */
  #carry(): void {
    const sum = this.#sum;
    for (let i = 0; i < 4; i++) {
      const carried = Math.floor(sum[i]! / 0x1_0000_0000);
      sum[i]! -= carried * 0x1_0000_0000;
      if (i < 3) sum[i + 1]! += carried;
    }
  }
}

/** Calls `visit` with each row's canonical bytes: every field with its length in front, NULL as a length of its own. */
export type Canonicalise = (batch: RowBatch, visit: (bytes: Buffer, start: number, end: number) => void) => void;

export function compileCanonical(
  columns: readonly { readonly name: string; readonly logical: LogicalType }[],
  counts: Normalisations,
): Canonicalise {
  const fields = columns.map((column) => canonicaliser(column.logical, column.name, counts));
  return fields.every((field) => field === copyField)
    ? (batch, visit) => visitRows(batch, fields.length, visit)
    : (batch, visit) => visitRewritten(batch, fields, visit);
}

function visitRows(batch: RowBatch, columns: number, visit: (bytes: Buffer, start: number, end: number) => void): void {
  const { bytes } = batch;
  let at = 0;
  for (let row = 0; row < batch.rows; row++) {
    const start = at;
    for (let i = 0; i < columns; i++) {
      const length = fieldLength(bytes, at);
      at += length === NULL_LENGTH ? 4 : 4 + length;
    }
    visit(bytes, start, at);
  }
}

const scratch = new BatchWriter(64 * 1024);

function visitRewritten(
  batch: RowBatch,
  fields: readonly ReturnType<typeof canonicaliser>[],
  visit: (bytes: Buffer, start: number, end: number) => void,
): void {
  const { bytes } = batch;
  let at = 0;
  for (let row = 0; row < batch.rows; row++) {
    scratch.clear();
    for (let i = 0; i < fields.length; i++) {
      const length = fieldLength(bytes, at);
      at += 4;
      if (length === NULL_LENGTH) {
        scratch.null();
        continue;
      }
      fields[i]!(bytes, at, at + length, scratch);
      at += length;
    }
    visit(scratch.bytes, 0, scratch.length);
  }
}
