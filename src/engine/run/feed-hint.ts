// What to do where a table refuses rows that several sources brought.

import { DroverError } from '../../shared/errors.ts';
import { sourceWords } from '../../shared/feeds.ts';
import type { TablePlan } from '../../shared/model/plan.ts';

/** The rows of one source may be in order, and those of two may not. */
export function withFeedHint(error: DroverError, table: TablePlan): DroverError {
  if (table.feeds.length === 0 || (error.code !== 'index.failed' && error.code !== 'load.rejected')) return error;
  const hint = `${sourceWords(table)} feed this table: where their rows have the same keys, give one of them other keys or leave rows out with a filter. Else correct the rows.`;
  return DroverError.from({ ...error.data, hint });
}
