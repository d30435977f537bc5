// The rows of a batch that were refused, with the texts of all that was read of them.

import type { ReadColumn } from '../../shared/model/plan.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import { fieldLength, NULL_LENGTH, type RowBatch } from './batch.ts';
import { fieldText } from './field-text.ts';
import type { Refusal } from './refusal.ts';

/** Read again from the batch: so rows that move pay nothing for those that do not. */
export function refusedRows(
  batch: RowBatch,
  columns: readonly ReadColumn[],
  key: readonly string[],
  refusals: readonly Refusal[],
): RefusedRow[] {
  const texts = columns.map(({ logical }) => fieldText(logical));
  const wanted = new Map(refusals.map((refusal) => [refusal.row, refusal]));
  const rows: RefusedRow[] = [];
  let at = 0;
  for (let row = 0; row < batch.rows && rows.length < wanted.size; row++) {
    const refusal = wanted.get(row);
    const values: Record<string, string | null> = {};
    for (const [i, { name }] of columns.entries()) {
      const length = fieldLength(batch.bytes, at);
      at += 4;
      const end = length === NULL_LENGTH ? at : at + length;
      if (refusal) values[name] = length === NULL_LENGTH ? null : texts[i]!(batch.bytes, at, end);
      at = end;
    }
    if (!refusal) continue;
    const { column, step, rule, reason } = refusal;
    rows.push({
      key: Object.fromEntries(key.map((name) => [name, values[name] ?? null])),
      column,
      step,
      rule,
      reason,
      values,
    });
  }
  return rows;
}
