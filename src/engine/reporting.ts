// Reporting: what screens and people ask of a report, that of a run or of a comparison that was made since.

import type { Endpoint } from '../shared/contract.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Report } from '../shared/model/report.ts';
import type { CallHandlers } from './handlers.ts';
import { parseProject } from './map/project-file.ts';
import { render } from './report/render.ts';
import { signReport } from './restating.ts';
import { withRecords } from './run/records.ts';
import { changesIn, findingsIn } from './run/reported/pages.ts';
import { type Reported, reportedInMemory, tablesOf } from './run/reported/reported.ts';
import { createReportShelf } from './run/reported/shelf.ts';
import { withStore } from './run/store/store.ts';

type Reporting = Pick<
  CallHandlers,
  | 'run.verify'
  | 'report.read'
  | 'report.overview'
  | 'report.tables'
  | 'report.table'
  | 'report.findings'
  | 'report.changes'
  | 'report.sign'
  | 'report.export'
>;

/** Compares two databases as they are now. */
export type Verify = (input: {
  project: Project;
  source: Endpoint;
  target: Endpoint;
  /** The run whose rows are compared, where rows went into tables that stood there. */
  run?: string | undefined;
}) => Promise<Report>;

/** Of ten thousand tables each takes some tens of megabytes. */
const VERIFICATIONS_KEPT = 2;

export function reportingCalls(home: string, verify: Verify): Reporting {
  const verifications = new Map<string, Reported>();
  const find = (run: string) => withStore(home, (store) => store.find(run));
  const shelf = createReportShelf(async (run) => withRecords(await find(run)));
  const open = async (run: string): Promise<Reported> => verifications.get(run) ?? shelf(run);

  return {
    'run.verify': async ({ run, ...endpoints }) => {
      const report = await verify({ project: parseProject((await find(run)).projectFile), run, ...endpoints });
      const reported = reportedInMemory(report);
      verifications.set(report.run, reported);
      if (verifications.size > VERIFICATIONS_KEPT) verifications.delete(verifications.keys().next().value!);
      return reported.overview;
    },
    'report.read': async ({ run }) => (await open(run)).whole(),
    'report.overview': async ({ run }) => (await open(run)).overview,
    'report.tables': async ({ run, ...query }) => tablesOf(await open(run), query),
    'report.table': async ({ run, table }) => (await open(run)).table(table),
    'report.findings': async ({ run, ...query }) => findingsIn((await (await open(run)).lists()).findings, query),
    'report.changes': async ({ run, ...query }) => changesIn((await (await open(run)).lists()).changes, query),
    'report.sign': async ({ run, signature }) => {
      await signReport(await withRecords(await find(run)), signature);
      return (await open(run)).overview;
    },
    'report.export': async ({ run, format }) => render(await (await open(run)).whole(), format),
  };
}
