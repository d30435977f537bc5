// A kernel that reads what a server sends, some hundred messages at a call, and writes rows of a batch.

import { type Kernel, openKernel } from '../support/kernel.ts';
import type { BatchWriter } from './batch.ts';

/** What every such kernel has. */
interface DecodingExports extends Kernel {
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

interface Opened {
  readonly exports: DecodingExports;
  readonly bytes: Buffer;
}

const opened = new Map<string, Opened>();

export class DecodingKernel {
  readonly #kernel: Opened;
  readonly #forms: Uint8Array;

  private constructor(kernel: Opened, forms: Uint8Array) {
    this.#kernel = kernel;
    this.#forms = forms;
  }

  /** `forms` says how each column is read, null where the kernel can't; then there is none. */
  static of(wasm: string, forms: readonly (number | null)[]): DecodingKernel | null {
    if (forms.length === 0 || forms.includes(null)) return null;
    const kernel = kernelOf(wasm);
    const tooMany = forms.length > kernel.exports.MOST_COLUMNS;
    return tooMany ? null : new DecodingKernel(kernel, Uint8Array.from(forms as number[]));
  }

  /**
   * Decodes messages from `start` on until some `enough` bytes are written or something else comes, and returns how many
   * rows there were and where the rest begins.
   */
  decode(
    messages: Buffer,
    start: number,
    out: BatchWriter,
    enough: number,
  ): { readonly rows: number; readonly at: number } {
    const { exports, bytes } = this.#kernel;
    const size = Math.min(messages.length - start, exports.IN_CAPACITY);
    bytes.set(this.#forms, exports.FORMS);
    messages.copy(bytes, exports.IN, start, start + size);
    exports.decode(size, this.#forms.length, Math.max(0, enough));
    out.bytesOf(bytes, exports.OUT, exports.OUT + exports.length);
    out.rows += exports.rows;
    return { rows: exports.rows, at: start + exports.taken };
  }
}

function kernelOf(wasm: string): Opened {
  const known = opened.get(wasm);
  if (known) return known;
  const exports = openKernel<DecodingExports>(wasm);
  const kernel = { exports, bytes: Buffer.from(exports.memory.buffer) };
  opened.set(wasm, kernel);
  return kernel;
}
