// Reading a report: its overview and the tables that are seen first are asked for together, and those are drawn at once when one comes back.

import type { Page } from '../../../shared/model/page.ts';
import type { ReportOverview, TableLine, TablesQuery } from '../../../shared/model/report-page.ts';
import { engine } from '../../client/engine.ts';

/** As a grid asks for its first page. */
const FIRST: TablesQuery = { name: '', only: 'all', sort: [], offset: 0, limit: 100 };

let kept: { readonly run: string; readonly tables: Promise<Page<TableLine>> } | null = null;

/** Throws DroverError. */
export function readOverview(run: string): Promise<ReportOverview> {
  // Whoever looks at them is told why they did not come.
  void readFirst(run).catch(() => undefined);
  return engine.call('report.overview', { run });
}

/** Throws DroverError. */
export function readTables(run: string, query: TablesQuery): Promise<Page<TableLine>> {
  const isFirst = query.name === '' && query.only === 'all' && query.sort.length === 0 && query.offset === 0;
  return isFirst ? readFirst(run) : engine.call('report.tables', { run, ...query });
}

/** The tables of a report never change: what becomes of it later stands in its overview. */
function readFirst(run: string): Promise<Page<TableLine>> {
  if (kept?.run === run) return kept.tables;
  const tables = engine.call('report.tables', { run, ...FIRST });
  kept = { run, tables };
  tables.catch(() => {
    if (kept?.tables === tables) kept = null;
  });
  return tables;
}
