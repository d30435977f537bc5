// Restating the report of a run that is over: signed, or rolled back. One change at a time, in all its files.

import type { Report, Signature } from '../shared/model/report.ts';
import { render } from './report/render.ts';
import { moment } from './report/words.ts';
import { writeReport } from './run/artifacts.ts';
import { readReport } from './run/records.ts';
import type { RolledBack } from './run/rollback/published.ts';

export interface Reported {
  readonly run: string;
  readonly folder: string;
}

export function signReport(reported: Reported, signature: Omit<Signature, 'at'>): Promise<Report> {
  return restate(reported, (report) => ({
    ...report,
    signatures: [...report.signatures, { ...signature, at: new Date().toISOString() }],
  }));
}

/** What the run had proved stays, behind what became of it. Done once, however often it is asked for. */
export function reportRolledBack(reported: Reported, { kept }: RolledBack): Promise<Report> {
  return restate(reported, (report) => {
    if (report.rolledBackAt !== null) return report;
    const rolledBackAt = new Date().toISOString();
    const aside = kept.map(({ keptAs }) => keptAs).join(', ');
    const sentences = [
      `Rolled back on ${moment(rolledBackAt)}; the target is as it was before.`,
      ...(kept.length > 0 ? [`What was written since is kept aside in ${aside}.`] : []),
      `When it was published: ${report.summary}`,
    ];
    return { ...report, rolledBackAt, summary: sentences.join(' ') };
  });
}

let last: Promise<unknown> = Promise.resolve();

/** Two that change a report at once must not write over each other. */
function restate({ run, folder }: Reported, change: (report: Report) => Report): Promise<Report> {
  const work = async (): Promise<Report> => {
    const changed = change(await readReport(folder, run));
    await writeReport(folder, changed, render);
    return changed;
  };
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}
