// COPY's text by WebAssembly, for tables without floats: their shortest digits are found by the runtime alone.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { RowBatch } from '../../pipeline/batch.ts';
import { type Kernel, openKernel } from '../../support/kernel.ts';
import { WASM } from './copy-text.wasm.ts';

/** As kernels/copy-text.ts numbers them. */
const FORMS = { plain: 0, text: 1, boolean: 2, bytes: 3 } as const;

interface CopyTextExports extends Kernel {
  readonly FORMS: number;
  readonly BATCH: number;
  readonly BATCH_CAPACITY: number;
  readonly OUT: number;
  readonly OUT_CAPACITY: number;
  readonly MOST_COLUMNS: number;
  readonly encode: (start: number, most: number, columns: number, enough: number) => void;
  readonly length: number;
  readonly rows: number;
  readonly next: number;
  readonly nul: number;
}

/** What became of a call: `bytes[start…end)` is to be sent. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  /** Where the next row begins in the batch. */
  readonly next: number;
  /** The column in which U+0000 stands in the row behind these; −1 without. */
  readonly nul: number;
}

/** Loaders of one thread may take turns between two calls: whose batch lies in the memory is known by its owner. */
let opened: { readonly exports: CopyTextExports; readonly bytes: Buffer; owner: CopyTextKernel | null } | null = null;

export class CopyTextKernel {
  readonly #forms: Uint8Array;
  #batch: RowBatch | null = null;

  private constructor(forms: Uint8Array) {
    this.#forms = forms;
  }

  /** Null where it can't encode some column. */
  static of(columns: readonly LogicalType[]): CopyTextKernel | null {
    const forms = columns.map(formOf);
    if (forms.length === 0 || forms.includes(null) || forms.length > kernel().exports.MOST_COLUMNS) return null;
    return new CopyTextKernel(Uint8Array.from(forms, (form) => form!));
  }

  /** Takes a batch, to be encoded by calls that may have others' between them. False where it is too long. */
  begin(batch: RowBatch): boolean {
    this.#batch = batch.length <= kernel().exports.BATCH_CAPACITY ? batch : null;
    if (opened!.owner === this) opened!.owner = null;
    return this.#batch !== null;
  }

  /** Encodes up to `most` rows of the batch from `start` on; no row where the first does not fit. */
  encode(start: number, most: number, enough: number): Encoded {
    const current = kernel();
    const { exports, bytes } = current;
    if (current.owner !== this) {
      const batch = this.#batch!;
      bytes.set(this.#forms, exports.FORMS);
      batch.bytes.copy(bytes, exports.BATCH, 0, batch.length);
      current.owner = this;
    }
    exports.encode(start, most, this.#forms.length, Math.min(enough, exports.OUT_CAPACITY));
    const { OUT, length, rows, next, nul } = exports;
    return { bytes, start: OUT, end: OUT + length, rows, next, nul };
  }
}

function kernel(): NonNullable<typeof opened> {
  if (!opened) {
    const exports = openKernel<CopyTextExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer), owner: null };
  }
  return opened;
}

/** Numbers, temporal values and the like hold nothing that needs escaping. */
function formOf(logical: LogicalType): number | null {
  switch (logical.kind) {
    case 'float':
      return null;
    case 'boolean':
      return FORMS.boolean;
    case 'binary':
      return FORMS.bytes;
    case 'integer':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
    case 'uuid':
    case 'bit':
      return FORMS.plain;
    case 'text':
    case 'enum':
    case 'set':
    case 'json':
    case 'array':
    case 'geometry':
    case 'opaque':
      return FORMS.text;
  }
}
