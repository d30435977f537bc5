// A kernel that writes the rows of a batch as a target wants them, in calls that may have those of others between them.

import { type Kernel, openKernel } from '../support/kernel.ts';
import type { RowBatch } from './batch.ts';

/** What every such kernel has. */
interface EncodingExports extends Kernel {
  readonly FORMS: number;
  readonly BATCH: number;
  readonly BATCH_CAPACITY: number;
  readonly OUT: number;
  readonly MOST_COLUMNS: number;
  /** Where a kernel is told more of its columns than their forms, if it is. */
  readonly DOMAINS?: number;
  readonly DOMAINS_CAPACITY?: number;
  readonly encode: (start: number, most: number, columns: number, enough: number, room: number) => void;
  readonly length: number;
  readonly rows: number;
  readonly next: number;
}

/** What became of a call: `bytes[start…end)` is what it wrote. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** None where the first one is not for the kernel. */
  readonly rows: number;
  /** Where the next row begins in the batch. */
  readonly next: number;
}

interface Opened {
  readonly exports: EncodingExports;
  readonly bytes: Buffer;
  /** Whose batch lies in it: loaders of one thread take turns. */
  owner: EncodingKernel | null;
}

const opened = new Map<string, Opened>();

export class EncodingKernel {
  readonly #kernel: Opened;
  readonly #forms: Uint8Array;
  readonly #domains: Uint8Array;
  #batch: RowBatch | null = null;

  private constructor(kernel: Opened, forms: Uint8Array, domains: Uint8Array) {
    this.#kernel = kernel;
    this.#forms = forms;
    this.#domains = domains;
  }

  /**
   * `forms` says how each column is written, null where the kernel can't; then there is none. `domains`: for a kernel
   * that has a place for them, and laid out as it reads them.
   */
  static of(
    wasm: string,
    forms: readonly (number | null)[],
    domains: Uint8Array = new Uint8Array(),
  ): EncodingKernel | null {
    if (forms.length === 0 || forms.includes(null)) return null;
    const kernel = kernelOf(wasm);
    const { MOST_COLUMNS, DOMAINS_CAPACITY = 0 } = kernel.exports;
    return forms.length > MOST_COLUMNS || domains.length > DOMAINS_CAPACITY
      ? null
      : new EncodingKernel(kernel, Uint8Array.from(forms as number[]), domains);
  }

  /** Takes a batch. False where it is too long. */
  begin(batch: RowBatch): boolean {
    const { exports } = this.#kernel;
    this.#batch = batch.length <= exports.BATCH_CAPACITY ? batch : null;
    if (this.#kernel.owner === this) this.#kernel.owner = null;
    return this.#batch !== null;
  }

  /** Encodes up to `most` rows of the batch from `start` on, until `enough` bytes are written, and never more than `room`. */
  encode(start: number, most: number, enough: number, room = Infinity): Encoded {
    const { exports, bytes } = this.#kernel;
    if (this.#kernel.owner !== this) {
      const batch = this.#batch!;
      bytes.set(this.#forms, exports.FORMS);
      if (exports.DOMAINS !== undefined) bytes.set(this.#domains, exports.DOMAINS);
      batch.bytes.copy(bytes, exports.BATCH, 0, batch.length);
      this.#kernel.owner = this;
    }
    const { OUT } = exports;
    const [rows, bytesEnough, bytesRoom] = [most, enough, room].map((limit) =>
      Math.max(0, Math.min(limit, 0x7fff_ffff)),
    );
    exports.encode(start, rows!, this.#forms.length, bytesEnough!, bytesRoom!);
    return { bytes, start: OUT, end: OUT + exports.length, rows: exports.rows, next: exports.next };
  }
}

function kernelOf(wasm: string): Opened {
  const known = opened.get(wasm);
  if (known) return known;
  const exports = openKernel<EncodingExports>(wasm);
  const kernel = { exports, bytes: Buffer.from(exports.memory.buffer), owner: null };
  opened.set(wasm, kernel);
  return kernel;
}
