// How the rows of a bulk INSERT are written by WebAssembly, for tables without shapes.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import { WASM } from './bulk-rows.wasm.ts';
import { columnDomains } from './column-domains.ts';
import { type WrittenAs, writtenAs } from './written-as.ts';

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

const INTEGER: Readonly<Record<'signed' | 'unsigned', Form>> = {
  signed: { form: 0, type: LONGLONG },
  unsigned: { form: 1, type: UNSIGNED_LONGLONG },
};
const REAL: Form = { form: 2, type: DOUBLE };
const DECIMAL: Form = { form: 3, type: NEWDECIMAL };
const TEXT: Form = { form: 4, type: VAR_STRING };
const BINARY: Form = { form: 4, type: BLOB };
const BITS: Form = { form: 5, type: UNSIGNED_LONGLONG };
const TEMPORAL = 8;
const LABEL: Form = { form: 16, type: VAR_STRING };
const LABELS: Form = { form: 17, type: VAR_STRING };
const FULL: Form = { form: 18, type: BLOB };
const REQUIRED = 0x80;

export interface BulkRows {
  readonly kernel: EncodingKernel;
  /** Of each column's values: a field type, and above 0x8000 without a sign. */
  readonly types: readonly number[];
}

/** Null where it can't write some column. A row with a value that does not fit its column it leaves to others. */
export function bulkRows(columns: readonly TargetColumn[]): BulkRows | null {
  const written = columns.map(writtenAs);
  const forms = written.map(formOf);
  const kernel = EncodingKernel.of(
    WASM,
    forms.map((form, i) => form && (columns[i]!.nullable ? form.form : form.form | REQUIRED)),
    columnDomains(written),
  );
  return kernel && { kernel, types: forms.map((form) => form!.type) };
}

function formOf(written: WrittenAs): Form | null {
  switch (written.as) {
    case 'number':
      return written.integer === null ? DECIMAL : INTEGER[written.integer];
    case 'double':
      return REAL;
    case 'bytes':
      return written.fixed > 0 ? FULL : BINARY;
    case 'moment':
      return { ...TEXT, form: TEMPORAL + written.digits };
    case 'bits':
      return BITS;
    case 'label':
      return LABEL;
    case 'labels':
      return LABELS;
    case 'text':
      return TEXT;
    case 'shape':
      return null;
  }
}
