// The leaf pages of a parcel by WebAssembly: what it needs to know of each column, and its memory.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { type Kernel, openKernel } from '../../../support/kernel.ts';
import { affinityOf } from '../type-parse.ts';
import { WASM } from './parcel.wasm.ts';

/** As kernels/parcel.ts numbers them. */
const FORMS = { text: 0, integer: 1, decimal: 2, float: 3, instant: 4, bytes: 5 } as const;

/** Bytes; as kernels/parcel.ts has it. */
export const PAGE_SIZE = 65_536;

interface ParcelExports extends Kernel {
  readonly FORMS: number;
  readonly BATCH: number;
  readonly BATCH_CAPACITY: number;
  readonly OUT: number;
  /** So many of them lie at OUT. */
  readonly PAGES: number;
  readonly LASTS: number;
  readonly DONE: number;
  readonly FULL: number;
  readonly MISFIT: number;
  readonly begin: () => void;
  readonly emptied: () => void;
  readonly finish: () => void;
  readonly add: (start: number, most: number, columns: number) => number;
  readonly page: number;
  readonly rows: number;
  readonly next: number;
}

export interface ParcelKernel {
  readonly exports: ParcelExports;
  readonly bytes: Buffer;
}

export function openParcelKernel(): ParcelKernel {
  const exports = openKernel<ParcelExports>(WASM);
  return { exports, bytes: Buffer.from(exports.memory.buffer) };
}

/** How a column is stored: as what `binderFor` would bind. What the column's affinity makes of it SQLite sees to. */
export function formOf({ logical, native }: TargetColumn): number {
  const affinity = affinityOf(native);
  switch (logical.kind) {
    case 'boolean':
      return FORMS.integer;
    case 'integer':
      return affinity === 'text' ? FORMS.text : FORMS.integer;
    case 'decimal':
      return affinity === 'integer' || affinity === 'numeric' ? FORMS.decimal : FORMS.text;
    case 'float':
      return FORMS.float;
    case 'binary':
      return FORMS.bytes;
    case 'timestamp':
      return logical.zone ? FORMS.instant : FORMS.text;
    default:
      return FORMS.text;
  }
}
