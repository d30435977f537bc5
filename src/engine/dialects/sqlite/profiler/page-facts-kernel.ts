// The facts of a table by WebAssembly: what it needs to know of each column, and what it found.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { openKernel } from '../../../support/kernel.ts';
import { type LeafCells, REAL_AFFINITY } from '../pages/page-reading.ts';
import { affinityOf } from '../type-parse.ts';
import { mostOfDecimals } from './kind-answers.ts';
import { WASM } from './page-facts.wasm.ts';

/** What is ordinary in a column, as kernels/page-facts.ts numbers it. */
const FORMS = { integer: 0, decimal: 1, real: 2, text: 3, date: 4, timestamp: 5 } as const;

interface PageFactsExports extends LeafCells {
  readonly UNITS: number;
  readonly LIMITS: number;
  readonly FACTS: number;
  readonly FACTS_SIZE: number;
  readonly begin: (columns: number, stored: number) => void;
  readonly look: (count: number, size: number, reserved: number, firstPage: number, firstCell: number) => number;
  readonly lookAtPayload: (size: number) => number;
  readonly rows: bigint;
}

export type Form = keyof typeof FORMS;

/** What was found of one column. */
export interface Found {
  /** Those that are not NULL; of a decimal's, such as are stored as integers. */
  readonly values: bigint;
  readonly integers: bigint;
  /** Null without values. */
  readonly ends: readonly [bigint | number, bigint | number] | null;
  /** Bytes of the longest text. */
  readonly longest: number;
  /** A value is of another kind. */
  readonly odd: boolean;
  readonly nul: boolean;
  readonly notUtf8: boolean;
  readonly wide: boolean;
}

export interface PageFactsKernel {
  readonly exports: PageFactsExports;
  readonly bytes: Buffer;
}

let opened: PageFactsKernel | null = null;

export function pageFactsKernel(): PageFactsKernel {
  if (!opened) {
    const exports = openKernel<PageFactsExports>(WASM);
    opened = { exports, bytes: Buffer.from(exports.memory.buffer) };
  }
  return opened;
}

/** What is ordinary there: for what is written in words, that it is text. */
export function kindOf(logical: LogicalType): Form {
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
      return 'integer';
    case 'float':
      return 'real';
    case 'decimal':
    case 'date':
    case 'timestamp':
      return logical.kind;
    default:
      return 'text';
  }
}

/** To be called when all that `columns` say is in place, and before the first page is looked at. */
export function beginFacts(columns: readonly { readonly logical: LogicalType; readonly native: string }[]): void {
  const { exports, bytes } = pageFactsKernel();
  columns.forEach(({ logical, native }, i) => {
    bytes[exports.FORMS + i] = FORMS[kindOf(logical)] | (affinityOf(native) === 'real' ? REAL_AFFINITY : 0);
    const scale = logical.kind === 'decimal' ? (logical.scale ?? 0) : 0;
    bytes.writeDoubleLE(Number(`1e${scale}`), exports.UNITS + 8 * i);
    bytes.writeDoubleLE(mostOfDecimals(scale), exports.LIMITS + 8 * i);
  });
}

export function foundOf(column: number, form: Form): Found {
  const { exports, bytes } = pageFactsKernel();
  const at = exports.FACTS + exports.FACTS_SIZE * column;
  const values = bytes.readBigUInt64LE(at);
  const end = (place: number) =>
    form === 'integer' ? bytes.readBigInt64LE(at + place) : bytes.readDoubleLE(at + place);
  const met = bytes.readUInt32LE(at + 36);
  return {
    values,
    integers: bytes.readBigUInt64LE(at + 8),
    ends: values === 0n ? null : [end(16), end(24)],
    longest: bytes.readUInt32LE(at + 32),
    odd: (met & 1) !== 0,
    nul: (met & 2) !== 0,
    notUtf8: (met & 4) !== 0,
    wide: (met & 8) !== 0,
  };
}
