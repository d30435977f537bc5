// How the rows of an INSERT are written by WebAssembly, for tables without floats, labels and shapes.

import type { TargetColumn } from '../../../shared/model/plan.ts';
import { EncodingKernel } from '../../pipeline/encoding-kernel.ts';
import { WASM } from './insert-rows.wasm.ts';
import { nativeType } from './type-parse.ts';

/** As kernels/insert-rows.ts numbers them. */
const FORMS = { number: 0, quoted: 1, binary: 2, bits: 3, temporal: 8 } as const;
const REQUIRED = 0x80;

/** Null where it can't write some column. A row with a value that does not fit its column it leaves to others. */
export function insertRowsKernel(columns: readonly TargetColumn[]): EncodingKernel | null {
  const forms = columns.map((column) => {
    const form = formOf(column);
    return form === null || column.nullable ? form : form | REQUIRED;
  });
  return EncodingKernel.of(WASM, forms);
}

/** As encode.ts does it. */
function formOf({ logical, native }: TargetColumn): number | null {
  const type = nativeType(native);
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
    case 'decimal':
      return FORMS.number;
    case 'bit':
      return type?.name === 'bit' ? FORMS.bits : FORMS.quoted;
    case 'binary':
      return type?.name === 'binary' ? null : FORMS.binary;
    case 'time':
    case 'timestamp':
      return type && ['time', 'datetime', 'timestamp'].includes(type.name)
        ? FORMS.temporal + (type.numbers[0] ?? 0)
        : FORMS.quoted;
    case 'enum':
      return type?.name === 'enum' ? null : FORMS.quoted;
    case 'set':
      return type?.name === 'set' ? null : FORMS.quoted;
    case 'float':
    case 'geometry':
      return null;
    case 'text':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
    case 'array':
    case 'opaque':
      return FORMS.quoted;
  }
}
