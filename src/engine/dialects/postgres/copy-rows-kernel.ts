// COPY's messages decoded by WebAssembly, for tables without floats: those are read by the runtime alone.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { BATCH_BYTES, type BatchWriter } from '../../pipeline/batch.ts';
import { type Kernel, openKernel } from '../../support/kernel.ts';
import { WASM } from './copy-rows.wasm.ts';

/** As kernels/copy-rows.ts numbers them. */
const FORMS = { text: 0, boolean: 1, bytes: 2, instant: 3 } as const;

interface CopyRowsExports extends Kernel {
  readonly FORMS: number;
  readonly IN: number;
  readonly IN_CAPACITY: number;
  readonly OUT: number;
  readonly MOST_COLUMNS: number;
  readonly decode: (size: number, columns: number, enough: number) => void;
  readonly length: number;
  readonly rows: number;
  readonly taken: number;
}

let opened: { readonly exports: CopyRowsExports; readonly bytes: Buffer } | null = null;

export class CopyRowsKernel {
  readonly #forms: Uint8Array;

  private constructor(forms: Uint8Array) {
    this.#forms = forms;
  }

  /** Null where it can't decode some column. */
  static of(columns: readonly LogicalType[]): CopyRowsKernel | null {
    const forms = columns.map(formOf);
    if (forms.length === 0 || forms.includes(null) || forms.length > kernel().exports.MOST_COLUMNS) return null;
    return new CopyRowsKernel(Uint8Array.from(forms, (form) => form!));
  }

  /** Decodes messages from `start` on until `out` is full or something else comes, and returns where that begins. */
  decode(messages: Buffer, start: number, out: BatchWriter): number {
    const { exports, bytes } = kernel();
    const size = Math.min(messages.length - start, exports.IN_CAPACITY);
    bytes.set(this.#forms, exports.FORMS);
    messages.copy(bytes, exports.IN, start, start + size);
    exports.decode(size, this.#forms.length, Math.max(0, BATCH_BYTES - out.length));
    out.bytesOf(bytes, exports.OUT, exports.OUT + exports.length);
    out.rows += exports.rows;
    return start + exports.taken;
  }
}

function kernel(): NonNullable<typeof opened> {
  if (!opened) {
    const exports = openKernel<CopyRowsExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer) };
  }
  return opened;
}

function formOf(logical: LogicalType): number | null {
  switch (logical.kind) {
    case 'float':
      return null;
    case 'boolean':
      return FORMS.boolean;
    case 'binary':
      return FORMS.bytes;
    case 'timestamp':
      return logical.zone ? FORMS.instant : FORMS.text;
    default:
      return FORMS.text;
  }
}
