// Comments of a table that is replaced: where the source has none, those that stand in the target stay.

import type { TargetTable } from '../../shared/model/plan.ts';
import type { Context } from './context.ts';
import { existingTable } from './existing.ts';

export function withKeptComments(target: TargetTable, context: Context): TargetTable {
  const standing = existingTable(target.name, context.target, context);
  if (!standing || !context.targetCan.comments) return target;
  const ofColumns = new Map(standing.columns.map(({ name, comment }) => [name, comment]));
  return {
    ...target,
    comment: target.comment ?? standing.comment,
    columns: target.columns.map((column) => ({
      ...column,
      comment: column.comment ?? ofColumns.get(column.name) ?? null,
    })),
  };
}
