// A report that can be asked for in parts, wherever it is kept.

import { DroverError } from '../../../shared/errors.ts';
import type { Report, TableReport } from '../../../shared/model/report.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import { partsOf, type ReportLists } from './parts.ts';

export interface Reported {
  readonly overview: ReportOverview;
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
    lists: () => Promise.resolve(lists),
    whole: () => Promise.resolve(report),
    async table(target) {
      const found = report.tables.find((table) => table.target === target);
      if (!found) throw noSuchTable(report.run, target);
      return found;
    },
  };
}

export function noSuchTable(run: string, table: string): DroverError {
  return new DroverError('inspect.no-such-table', `The report of run ${run} knows no table ${table}.`, {
    hint: 'Look at the list of tables again.',
    where: { side: 'target', table },
  });
}
