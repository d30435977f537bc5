// Words that the report uses in every format for people.

import { count, duration, many, size } from '../../shared/format.ts';
import type { LeftTable, Report, TableReport } from '../../shared/model/report.ts';
import { secondsOf } from '../../shared/report-values.ts';

export { method } from '../../shared/method.ts';
export { placeText, tableName } from '../../shared/report-values.ts';
export { businessWords, fateWords } from '../../shared/rule-words.ts';

const verdictWords = {
  verified: 'Verified',
  partial: 'Published in part',
  different: 'Different',
  failed: 'Failed',
} as const;

/** What became of it, in a word. */
export function ending({ verdict, rolledBackAt }: Report): string {
  return rolledBackAt === null ? verdictWords[verdict] : 'Rolled back';
}

/** The same with its moment, and before a rollback the verdict with its own. */
export function endings({ verdict, finishedAt, rolledBackAt }: Report): string {
  const then = `${verdictWords[verdict]} on ${moment(finishedAt)}`;
  return rolledBackAt === null ? then : `Rolled back on ${moment(rolledBackAt)}. ${then}`;
}

/** What is said of the tables that the run replaced: heading, and the name they had meanwhile. */
export function backupWords({ rolledBackAt, tables }: Report): readonly [heading: string, keptAs: string] {
  if (tables.some(({ merged }) => merged)) {
    return rolledBackAt === null
      ? ['What was there before, kept', 'Kept as']
      : ['What was there before', 'Was kept as'];
  }
  return rolledBackAt === null ? ['Earlier tables, kept', 'Kept as'] : ['Earlier tables, put back', 'Was kept as'];
}

export function title({ kind, project }: Report): string {
  return kind === 'run' ? `Migration report: ${project}` : `Verification report: ${project}`;
}

/** What is known of the run as a whole: label and value. */
export function facts(report: Report): [string, string][] {
  const rows = report.tables.reduce((sum, table) => sum + table.targetRows, 0);
  const bytes = report.tables.reduce((sum, table) => sum + table.bytes, 0);
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  return [
    ['Run', report.run],
    ['Source', `${report.source.server.variant} ${report.source.server.version}, ${report.source.url}`],
    ['Target', `${report.target.server.variant} ${report.target.server.version}, ${report.target.url}`],
    ['Started', moment(report.startedAt)],
    ['Finished', moment(report.finishedAt)],
    ['Took', duration(seconds)],
    ['Compared', `${many(report.tables.length, 'table')}, ${many(rows, 'row')}, ${size(bytes)}`],
    ['Drover', report.droverVersion],
  ];
}

/** "12 of 12" */
export function agreeing(points: readonly { readonly equal: boolean }[]): string {
  return `${count(points.filter(({ equal }) => equal).length)} of ${count(points.length)}`;
}

export function tableSeconds(table: TableReport): string {
  return duration(secondsOf(table));
}

export function sentence(text: string): string {
  return /[.?:]$/.test(text) ? text : `${text}.`;
}

/** "2026-11-20 10:00:08 UTC" */
export function moment(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

export const leftHeading = 'Left out: not published, what stood there before stands there still';

/** What to do, said once: not again of what only went with another. */
export function leftHint({ because, reason }: LeftTable): string {
  return because === null ? (reason.hint ?? '') : '';
}

export function inQuarantine(rows: number): string {
  return `${many(rows, 'row')} ${rows === 1 ? 'was' : 'were'} read and kept aside in quarantine, each with its reason.`;
}
