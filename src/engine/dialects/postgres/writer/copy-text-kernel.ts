// How COPY's text is written by WebAssembly, for tables without floats: their shortest digits are found by the runtime alone.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import { WASM } from './copy-text.wasm.ts';

/** As kernels/copy-text.ts numbers them. */
const FORMS = { plain: 0, text: 1, boolean: 2, bytes: 3 } as const;

/** Null where it can't write some column. A row that holds U+0000 it leaves to others. */
export function copyTextKernel(columns: readonly LogicalType[]): EncodingKernel | null {
  return EncodingKernel.of(WASM, columns.map(formOf));
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
