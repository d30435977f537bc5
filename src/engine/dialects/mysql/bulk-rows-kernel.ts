// How the rows of a bulk INSERT are written by WebAssembly, for tables without labels, bits, BINARY and shapes.

import type { TargetColumn } from '../../../shared/model/plan.ts';
import { EncodingKernel } from '../../pipeline/encoding-kernel.ts';
import { WASM } from './bulk-rows.wasm.ts';
import { nativeType } from './type-parse.ts';

/** How the kernel writes a column (as kernels/bulk-rows.ts numbers it), and what MariaDB is told of its values. */
interface Form {
  readonly form: number;
  readonly type: number;
}

const LONGLONG = 0x08;
const UNSIGNED_LONGLONG = 0x8008;
const DOUBLE = 0x05;
const NEWDECIMAL = 0xf6;
const BLOB = 0xfc;
/** Characters in the connection's character set. */
const VAR_STRING = 0xfd;

const SIGNED: Form = { form: 0, type: LONGLONG };
const UNSIGNED: Form = { form: 1, type: UNSIGNED_LONGLONG };
const REAL: Form = { form: 2, type: DOUBLE };
const DECIMAL: Form = { form: 3, type: NEWDECIMAL };
const TEXT: Form = { form: 4, type: VAR_STRING };
const BINARY: Form = { form: 4, type: BLOB };
const TEMPORAL = 8;
const REQUIRED = 0x80;

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];

export interface BulkRows {
  readonly kernel: EncodingKernel;
  /** Of each column's values: a field type, and above 0x8000 without a sign. */
  readonly types: readonly number[];
}

/** Null where it can't write some column. A row with a value that does not fit its column it leaves to others. */
export function bulkRows(columns: readonly TargetColumn[]): BulkRows | null {
  const forms = columns.map(formOf);
  const kernel = EncodingKernel.of(
    WASM,
    forms.map((form, i) => form && (columns[i]!.nullable ? form.form : form.form | REQUIRED)),
  );
  return kernel && { kernel, types: forms.map((form) => form!.type) };
}

/** Values that reach a column as encode.ts would have them reach it. */
function formOf({ logical, native }: TargetColumn): Form | null {
  const type = nativeType(native);
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
      if (!type || !INTEGERS.includes(type.name)) return DECIMAL;
      return type.unsigned ? UNSIGNED : SIGNED;
    case 'decimal':
      return DECIMAL;
    case 'float':
      return REAL;
    case 'bit':
      return type?.name === 'bit' ? null : TEXT;
    case 'binary':
      return type?.name === 'binary' ? null : BINARY;
    case 'time':
    case 'timestamp':
      return type && ['time', 'datetime', 'timestamp'].includes(type.name)
        ? { ...TEXT, form: TEMPORAL + (type.numbers[0] ?? 0) }
        : TEXT;
    case 'enum':
      return type?.name === 'enum' ? null : TEXT;
    case 'set':
      return type?.name === 'set' ? null : TEXT;
    case 'geometry':
      return null;
    case 'text':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
    case 'array':
    case 'opaque':
      return TEXT;
  }
}
