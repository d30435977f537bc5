// A report that can be asked for in parts, wherever it is kept.

import { DroverError } from '../../../shared/errors.ts';
import type { Page } from '../../../shared/model/page.ts';
import type { Report, TableReport } from '../../../shared/model/report.ts';
import type { ReportOverview, TableLine, TablesQuery } from '../../../shared/model/report-page.ts';
import { tablesIn } from './pages.ts';
import { partsOf, type ReportLists } from './parts.ts';

export interface Reported {
  readonly overview: ReportOverview;
  /** The tables that a screen shows first, as many as it asks for: they are there before the lists are read. */
  readonly first: Page<TableLine>;
  lists(): Promise<ReportLists>;
  /** By its name in the target. Throws `inspect.no-such-table`. */
  table(target: string): Promise<TableReport>;
  whole(): Promise<Report>;
}

/** One that no file holds. */
export function reportedInMemory(report: Report): Reported {
  const { overview, ...lists } = partsOf(report);
  return {
    overview,
    first: firstOf(lists.lines),
    lists: () => Promise.resolve(lists),
    whole: () => Promise.resolve(report),
    async table(target) {
      const found = report.tables.find((table) => table.target === target);
      if (!found) throw noSuchTable(report.run, target);
      return found;
    },
  };
}

/** A page of its tables; of the first ones without reading them all. */
export async function tablesOf({ first, lists }: Reported, query: TablesQuery): Promise<Page<TableLine>> {
  const { name, only, sort, offset, limit } = query;
  const isPlain = name.trim() === '' && only === 'all' && sort.length === 0;
  const { total, rows } = first;
  if (isPlain && Math.min(offset + limit, total) <= rows.length) {
    return { total, rows: rows.slice(offset, offset + limit) };
  }
  return tablesIn((await lists()).lines, query);
}

const FIRST = 100;

export function firstOf(lines: readonly TableLine[]): Page<TableLine> {
  return { total: lines.length, rows: lines.slice(0, FIRST) };
}

export function noSuchTable(run: string, table: string): DroverError {
  return new DroverError('inspect.no-such-table', `The report of run ${run} knows no table ${table}.`, {
    hint: 'Look at the list of tables again.',
    where: { side: 'target', table },
  });
}
