// Pages of the lists of a report: filtered and sorted here, so that a screen holds no more than it shows.

import type { Finding } from '../../../shared/model/finding.ts';
import type { Page } from '../../../shared/model/page.ts';
import type {
  ChangesQuery,
  FindingsQuery,
  TableChange,
  TableLine,
  TablesQuery,
} from '../../../shared/model/report-page.ts';
import { inOrder, type SortBy, type Value } from '../../../shared/ordering.ts';
import { changeValues, findingValues, lineValues, tableName } from '../../../shared/report-values.ts';

export function tablesIn(lines: readonly TableLine[], { name, only, ...query }: TablesQuery): Page<TableLine> {
  const wanted = name.trim().toLowerCase();
  const fitting =
    wanted === '' && only === 'all'
      ? lines
      : lines.filter((line) => isAmong(line, only) && tableName(line).toLowerCase().includes(wanted));
  return pageOf(fitting, query, (line, by) => lineValues[by](line));
}

export function findingsIn(findings: readonly Finding[], query: FindingsQuery): Page<Finding> {
  return pageOf(findings, query, (finding, by) => findingValues[by](finding));
}

export function changesIn(changes: readonly TableChange[], query: ChangesQuery): Page<TableChange> {
  return pageOf(changes, query, (change, by) => changeValues[by](change));
}

interface Asked<K extends string> {
  readonly sort: readonly SortBy<K>[];
  readonly offset: number;
  readonly limit: number;
}

function pageOf<R, K extends string>(
  rows: readonly R[],
  { sort, offset, limit }: Asked<K>,
  pick: (row: R, by: K) => Value,
): Page<R> {
  return { total: rows.length, rows: inOrder(rows, sort, pick).slice(offset, offset + limit) };
}

function isAmong({ equal, differing }: TableLine, only: TablesQuery['only']): boolean {
  switch (only) {
    case 'all':
      return true;
    case 'unequal':
      return !equal;
    case 'with differences':
      return differing > 0;
  }
}
