// How the rows of an INSERT are written by WebAssembly, for tables without floats and shapes.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import { columnDomains } from './column-domains.ts';
import { WASM } from './insert-rows.wasm.ts';
import { type WrittenAs, writtenAs } from './written-as.ts';

/** As kernels/insert-rows.ts numbers them. */
const FORMS = { number: 0, quoted: 1, binary: 2, bits: 3, temporal: 8, label: 16, labels: 17, full: 18 } as const;
const REQUIRED = 0x80;

/** Null where it can't write some column. A row with a value that does not fit its column it leaves to others. */
export function insertRowsKernel(columns: readonly TargetColumn[]): EncodingKernel | null {
  const written = columns.map(writtenAs);
  const forms = written.map((as, i) => {
    const form = formOf(as);
    return form === null || columns[i]!.nullable ? form : form | REQUIRED;
  });
  return EncodingKernel.of(WASM, forms, columnDomains(written));
}

function formOf(written: WrittenAs): number | null {
  switch (written.as) {
    case 'number':
      return FORMS.number;
    case 'bits':
      return FORMS.bits;
    case 'bytes':
      return written.fixed > 0 ? FORMS.full : FORMS.binary;
    case 'moment':
      return FORMS.temporal + written.digits;
    case 'label':
      return FORMS.label;
    case 'labels':
      return FORMS.labels;
    case 'text':
      return FORMS.quoted;
    case 'double':
    case 'shape':
      return null;
  }
}
