// Row packets decoded by WebAssembly, for results without floats: those are read by the runtime alone.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { BatchWriter } from '../../../pipeline/batch.ts';
import { type Kernel, openKernel } from '../../../support/kernel.ts';
import { WASM } from './result-rows.wasm.ts';

/** As kernels/result-rows.ts numbers them. */
const FORMS = { copy: 0, lowerCase: 1, bits: 16 } as const;

interface ResultRowsExports extends Kernel {
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

let opened: { readonly exports: ResultRowsExports; readonly bytes: Buffer } | null = null;

export class ResultRowsKernel {
  readonly #forms: Uint8Array;

  private constructor(forms: Uint8Array) {
    this.#forms = forms;
  }

  /** Null where it can't decode some column. */
  static of(columns: readonly LogicalType[]): ResultRowsKernel | null {
    const forms = columns.map(formOf);
    if (forms.length === 0 || forms.includes(null) || forms.length > kernel().exports.MOST_COLUMNS) return null;
    return new ResultRowsKernel(Uint8Array.from(forms, (form) => form!));
  }

  /**
   * Decodes row packets from `start` on until some `enough` bytes are written or something else comes, and returns where
   * that begins.
   */
  decode(
    packets: Buffer,
    start: number,
    out: BatchWriter,
    enough: number,
  ): { readonly rows: number; readonly at: number } {
    const { exports, bytes } = kernel();
    const size = Math.min(packets.length - start, exports.IN_CAPACITY);
    bytes.set(this.#forms, exports.FORMS);
    packets.copy(bytes, exports.IN, start, start + size);
    exports.decode(size, this.#forms.length, enough);
    out.bytesOf(bytes, exports.OUT, exports.OUT + exports.length);
    out.rows += exports.rows;
    return { rows: exports.rows, at: start + exports.taken };
  }
}

function kernel(): NonNullable<typeof opened> {
  if (!opened) {
    const exports = openKernel<ResultRowsExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer) };
  }
  return opened;
}

/** As transcode.ts does it. */
function formOf(logical: LogicalType): number | null {
  switch (logical.kind) {
    case 'float':
      return null;
    case 'bit':
      return FORMS.bits + (logical.length ?? 1);
    case 'uuid':
      return FORMS.lowerCase;
    default:
      return FORMS.copy;
  }
}
