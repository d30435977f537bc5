// Restating the report of a run that is over: signed, or rolled back. One change at a time, in all its files.

import { list } from '../shared/format.ts';
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

const THEN = 'When it was published: ';

/** What the run had proved stays, behind what became of it. Done once, however often it is asked for. */
export function reportRolledBack(reported: Reported, { kept }: RolledBack): Promise<Report> {
  return restate(reported, (report) => {
    if (report.rolledBackAt !== null) return report;
    const rolledBackAt = new Date().toISOString();
    const aside = [...report.takenBack.flatMap(({ keptAs }) => keptAs ?? []), ...kept.map(({ keptAs }) => keptAs)];
    const words = [`Rolled back on ${moment(rolledBackAt)}; the target is as it was before.`, ...asideWords(aside)];
    return { ...report, rolledBackAt, summary: [...words, THEN + provedIn(report)].join(' ') };
  });
}

/** The same where other tables of the run stay. Each table is told once. */
export function reportTakenBack(reported: Reported, { restored, removed, kept }: RolledBack): Promise<Report> {
  return restate(reported, (report) => {
    const at = new Date().toISOString();
    const asides = new Map(kept.map(({ table, keptAs }) => [table, keptAs]));
    const told = new Set(report.takenBack.map(({ table }) => table));
    const tables = [...new Set([...restored, ...removed, ...asides.keys()])].filter((table) => !told.has(table));
    if (tables.length === 0) return report;
    const takenBack = [
      ...report.takenBack,
      ...tables.map((table) => ({ table, at, keptAs: asides.get(table) ?? null })),
    ];
    const words = [...Map.groupBy(takenBack, (each) => each.at)].flatMap(([when, each]) => [
      `${list(each.map(({ table }) => table))} rolled back on ${moment(when)}; the other tables stay.`,
      ...asideWords(each.flatMap(({ keptAs }) => keptAs ?? [])),
    ]);
    return { ...report, takenBack, summary: [...words, THEN + provedIn(report)].join(' ') };
  });
}

function asideWords(names: readonly string[]): string[] {
  return names.length > 0 ? [`What was written since is kept aside in ${names.join(', ')}.`] : [];
}

/** The summary without what became of the run since. */
function provedIn({ summary, takenBack, rolledBackAt }: Report): string {
  const restated = takenBack.length > 0 || rolledBackAt !== null;
  return restated ? summary.slice(summary.indexOf(THEN) + THEN.length) : summary;
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
