// The digest of a batch by WebAssembly, for tables of which no column needs more than its bytes to be made canonical.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { type Kernel, openKernel } from '../support/kernel.ts';
import type { RowBatch } from './batch.ts';
import { WASM } from './digest.wasm.ts';

/** As kernels/digest.ts numbers them. */
const FORMS = { copy: 0, decimal: 1, fraction: 2, blankPadded: 3, float: 4 } as const;

interface DigestExports extends Kernel {
  readonly SUMS: number;
  readonly FORMS: number;
  readonly MINUS_ZEROS: number;
  readonly BATCH: number;
  readonly BATCH_CAPACITY: number;
  readonly MOST_COLUMNS: number;
  readonly digest: (rows: number, columns: number, rewritten: boolean) => void;
}

let opened: { readonly exports: DigestExports; readonly bytes: Buffer } | null = null;

export class DigestKernel {
  readonly #forms: Uint8Array;
  readonly #floats: readonly number[];
  readonly #rewritten: boolean;

  private constructor(forms: Uint8Array) {
    this.#forms = forms;
    this.#floats = [...forms.keys()].filter((column) => forms[column] === FORMS.float);
    this.#rewritten = forms.some((form) => form !== FORMS.copy);
  }

  /** Beyond these the plain way is taken. */
  static limits(): Pick<DigestExports, 'BATCH_CAPACITY' | 'MOST_COLUMNS'> {
    return kernel().exports;
  }

  /** Null where some column needs more. */
  static of(columns: readonly LogicalType[]): DigestKernel | null {
    const forms = columns.map(formOf);
    if (forms.includes(null) || columns.length > kernel().exports.MOST_COLUMNS) return null;
    return new DigestKernel(Uint8Array.from(forms, (form) => form!));
  }

  /**
   * Adds the four words of each row's hash to `sum`; `minusZeros` is told of floats that were −0, by column. False, and
   * nothing done, where the batch is too long.
   */
  add(batch: RowBatch, sum: Float64Array, minusZeros: (column: number, values: number) => void): boolean {
    const { exports, bytes } = kernel();
    if (batch.length > exports.BATCH_CAPACITY) return false;
    const { SUMS, MINUS_ZEROS } = exports;
    bytes.fill(0, SUMS, SUMS + 32);
    for (const column of this.#floats) bytes.writeUInt32LE(0, MINUS_ZEROS + 4 * column);
    bytes.set(this.#forms, exports.FORMS);
    batch.bytes.copy(bytes, exports.BATCH, 0, batch.length);
    exports.digest(batch.rows, this.#forms.length, this.#rewritten);
    for (let word = 0; word < 4; word++) {
      const at = SUMS + 8 * word;
      sum[word]! += bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000;
    }
    for (const column of this.#floats) {
      const values = bytes.readUInt32LE(MINUS_ZEROS + 4 * column);
      if (values > 0) minusZeros(column, values);
    }
    return true;
  }
}

function kernel(): NonNullable<typeof opened> {
  if (!opened) {
    const exports = openKernel<DigestExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer) };
  }
  return opened;
}

/** What canonical.ts does with values of this type. */
function formOf(type: LogicalType): number | null {
  switch (type.kind) {
    case 'decimal':
      return FORMS.decimal;
    case 'float':
      return FORMS.float;
    case 'time':
    case 'timestamp':
      return FORMS.fraction;
    case 'interval':
    case 'json':
      return null;
    case 'text':
      return type.fixed ? FORMS.blankPadded : FORMS.copy;
    case 'boolean':
    case 'integer':
    case 'binary':
    case 'date':
    case 'uuid':
    case 'enum':
    case 'set':
    case 'bit':
    case 'array':
    case 'geometry':
    case 'opaque':
      return FORMS.copy;
  }
}
