// Whether values that do not fit a column may become NULL there.

import type { Column } from '../../../../shared/model/catalog.ts';
import type { ColumnMapping } from '../../../../shared/model/mapping.ts';

/** Why they may not, as a sentence; null where they may, or where it is not known. */
export function noNullFor({ nullable }: ColumnMapping, source: Pick<Column, 'nullable'> | null): string | null {
  if (source && !source.nullable) return 'The source never holds NULL here: a value that doesn’t fit stops the run.';
  if (nullable === false) return 'This column is never NULL in the target: a value that doesn’t fit stops the run.';
  return null;
}
