// How row packets are read by WebAssembly, for results without floats: those are read by the runtime alone.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { DecodingKernel } from '../../../pipeline/decoding-kernel.ts';
import { WASM } from './result-rows.wasm.ts';

/** As kernels/result-rows.ts numbers them. */
const FORMS = { copy: 0, lowerCase: 1, bits: 16 } as const;

/** Null where it can't read some column. */
export function resultRowsKernel(columns: readonly LogicalType[]): DecodingKernel | null {
  return DecodingKernel.of(WASM, columns.map(formOf));
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
