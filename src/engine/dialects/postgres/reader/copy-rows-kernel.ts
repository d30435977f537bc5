// How COPY's messages are read by WebAssembly, for tables without floats: those are read by the runtime alone.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { DecodingKernel } from '../../../pipeline/decoding-kernel.ts';
import { WASM } from './copy-rows.wasm.ts';

/** As kernels/copy-rows.ts numbers them. */
const FORMS = { text: 0, boolean: 1, bytes: 2, instant: 3 } as const;

/** Null where it can't read some column. */
export function copyRowsKernel(columns: readonly LogicalType[]): DecodingKernel | null {
  return DecodingKernel.of(WASM, columns.map(formOf));
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
