// Findings on values, each with remedies that are known to help.

import { type Context, finding } from '../context.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';
import { judgeColumn } from './judging.ts';
import { columnRemedies } from './remedies.ts';

export function reportValues(pairs: readonly TablePair[], context: Context): void {
  for (const pair of pairs) for (const column of pair.columns) reportColumn(pair, column, context);
}

function reportColumn(pair: TablePair, column: ColumnPair, context: Context): void {
  const place = { side: 'source', table: pair.source.name, column: column.source.name } as const;
  const judged = judgeColumn(pair, column, context);
  for (const each of judged) {
    const remedies = columnRemedies(each, judged, pair, column, context);
    const message = `${place.table}.${place.column} ${each.what}.`;
    context.report(finding(each.severity, each.code, place, message, remedies, each.rows));
  }
}
