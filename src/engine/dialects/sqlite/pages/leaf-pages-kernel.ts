// The rows of leaf pages by WebAssembly: what it needs to know of each column, and its memory.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { openKernel } from '../../../support/kernel.ts';
import { affinityOf } from '../type-parse.ts';
import { WASM } from './leaf-pages.wasm.ts';
import { type LeafCells, REAL_AFFINITY } from './page-reading.ts';

/** As kernels/leaf-pages.ts numbers them. */
const FORMS = {
  text: 0,
  integer: 1,
  unsigned: 2,
  boolean: 3,
  decimal: 4,
  float: 5,
  binary: 6,
  date: 7,
  timestamp: 8,
  time: 9,
  uuid: 10,
  bits: 11,
} as const;

interface LeafPagesExports extends LeafCells {
  readonly OUT: number;
  readonly FULL: number;
  readonly MISFIT: number;
  readonly decode: (
    count: number,
    size: number,
    reserved: number,
    firstPage: number,
    firstCell: number,
    from: bigint,
    upto: bigint,
    columns: number,
    stored: number,
    enough: number,
  ) => number;
  readonly decodePayload: (size: number) => number;
  readonly rowid: bigint;
  readonly length: number;
  readonly rows: number;
  readonly lastRow: number;
  readonly lastRowid: bigint;
}

export interface LeafPages {
  readonly exports: LeafPagesExports;
  readonly bytes: Buffer;
  /** Whose pages lie in it: readers of one thread may take turns. */
  owner: object | null;
}

let opened: LeafPages | null = null;

export function leafPages(): LeafPages {
  if (!opened) {
    const exports = openKernel<LeafPagesExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer), owner: null };
  }
  return opened;
}

/** How a column is to be read; null where only the row lane can tell. */
export function formOf(native: string, logical: LogicalType): number | null {
  const form = formOfType(logical);
  return form === null ? null : affinityOf(native) === 'real' ? form | REAL_AFFINITY : form;
}

function formOfType(logical: LogicalType): number | null {
  switch (logical.kind) {
    case 'integer':
      return logical.unsigned ? FORMS.unsigned : FORMS.integer;
    case 'time':
      return logical.zone ? null : FORMS.time;
    case 'boolean':
    case 'decimal':
    case 'float':
    case 'binary':
    case 'date':
    case 'timestamp':
    case 'uuid':
      return FORMS[logical.kind];
    case 'bit':
      return FORMS.bits;
    case 'text':
    case 'json':
    case 'enum':
    case 'set':
    case 'interval':
    case 'geometry':
    case 'array':
    case 'opaque':
      return FORMS.text;
  }
}
