// The report as CSV: one line per table, for spreadsheets; row values and differences stay in the other formats.

import { type Cell, csvLine } from '../../shared/csv.ts';
import { sourceWords } from '../../shared/feeds.ts';
import { leftReason } from '../../shared/left-out.ts';
import type { LeftTable, Report, TableReport } from '../../shared/model/report.ts';
import { differingRows } from '../../shared/summary.ts';

const columns: readonly (readonly [string, (table: TableReport, report: Report) => Cell])[] = [
  ['rolled_back_at', (_, report) => report.rolledBackAt ?? ''],
  ['run', (_, report) => report.run],
  ['verdict', (_, report) => report.verdict],
  ['source_table', sourceWords],
  ['target_table', ({ target }) => target],
  ['source_rows', ({ sourceRows }) => sourceRows],
  ['target_rows', ({ targetRows }) => targetRows],
  ['quarantined_rows', ({ quarantined }) => quarantined],
  ['added_rows', ({ merged }) => merged?.added ?? ''],
  ['updated_rows', ({ merged }) => merged?.updated ?? ''],
  ['skipped_rows', ({ merged }) => merged?.skipped ?? ''],
  ['removed_rows', ({ merged }) => merged?.removed ?? ''],
  ['source_digest', ({ sourceDigest }) => sourceDigest],
  ['target_digest', ({ targetDigest }) => targetDigest],
  ['equal', ({ equal }) => equal],
  ['witnesses', ({ witnesses }) => witnesses.length],
  ['witnesses_unequal', ({ witnesses }) => witnesses.filter(({ equal }) => !equal).length],
  ['structure_checks', ({ structure }) => structure.length],
  ['structure_unequal', ({ structure }) => structure.filter(({ equal }) => !equal).length],
  ['rows_differing', (table) => differingRows(table)],
  ['more_differences', ({ differencesCut }) => differencesCut],
  [
    'values_changed_by_policy',
    ({ changes }) => changes.reduce((sum, { rows, changed }) => sum + (changed ? rows : 0), 0),
  ],
  ['bytes', ({ bytes }) => bytes],
  ['load_seconds', ({ seconds }) => seconds.load.toFixed(3)],
  ['index_seconds', ({ seconds }) => seconds.index.toFixed(3)],
  ['verify_seconds', ({ seconds }) => seconds.verify.toFixed(3)],
  ['left_out', () => ''],
];

export function renderCsv(report: Report): string {
  const head = columns.map(([name]) => name);
  const body = report.tables.map((table) => columns.map(([, pick]) => pick(table, report)));
  const left = report.left.map((table) => {
    const known = leftCells(table, report);
    return head.map((name) => known[name] ?? '');
  });
  return [head, ...body, ...left].map(csvLine).join('');
}

/** What there is to say of a table that was not published. */
function leftCells(table: LeftTable, report: Report): Readonly<Record<string, Cell>> {
  return {
    rolled_back_at: report.rolledBackAt ?? '',
    run: report.run,
    verdict: report.verdict,
    source_table: table.source,
    target_table: table.target,
    left_out: leftReason(table),
  };
}
