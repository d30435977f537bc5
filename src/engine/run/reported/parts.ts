// A report in the parts that screens ask for: its overview, a line for each table, and its other lists.

import type { Finding } from '../../../shared/model/finding.ts';
import type { Report, TableReport } from '../../../shared/model/report.ts';
import type { Points, ReportOverview, TableChange, TableLine } from '../../../shared/model/report-page.ts';
import { inOrder } from '../../../shared/ordering.ts';
import { findingValues, secondsOf, tableName } from '../../../shared/report-values.ts';
import { differingRows } from '../../../shared/summary.ts';

const SLOWEST = 15;

export interface ReportLists {
  /** In the order of the report's tables. */
  readonly lines: readonly TableLine[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
  readonly changes: readonly TableChange[];
}

export interface ReportParts extends ReportLists {
  readonly overview: ReportOverview;
}

export function partsOf({ tables, findings, backups, ...rest }: Report): ReportParts {
  // Of a table into which rows went, what was overwritten is named first.
  const keptAs = new Map(backups.toReversed().map((backup) => [backup.table, backup.keptAs]));
  const lines = tables.map((table) => lineOf(table, keptAs.get(table.target) ?? null));
  const changes = tables.flatMap((table) =>
    table.changes.filter(({ changed }) => changed).map((change) => ({ ...change, table: tableName(table) })),
  );
  const sum = (of: (line: TableLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  return {
    overview: {
      ...rest,
      tables: {
        count: lines.length,
        unequal: lines.filter(({ equal }) => !equal).length,
        withDifferences: lines.filter(({ differing }) => differing > 0).length,
        differing: sum(({ differing }) => differing),
        rows: sum(({ targetRows }) => targetRows),
        bytes: sum(({ bytes }) => bytes),
        quarantined: sum(({ quarantined }) => quarantined),
        witnesses: { equal: sum(({ witnesses }) => witnesses.equal), total: sum(({ witnesses }) => witnesses.total) },
      },
      slowest: lines
        .toSorted((a, b) => secondsOf(b) - secondsOf(a))
        .slice(0, SLOWEST)
        .map(({ source, target, feeds, seconds }) => ({ source, target, feeds, seconds })),
      findings: findings.length,
      changes: { count: changes.length, values: changes.reduce((total, { rows }) => total + rows, 0) },
      backups: { count: backups.length, first: backups[0] ?? null },
    },
    lines,
    findings: inOrder(findings, [{ by: 'severity', descending: false }], (finding) => findingValues.severity(finding)),
    changes,
  };
}

function lineOf(table: TableReport, keptAs: string | null): TableLine {
  const { witnesses, structure, differences: _, changes: __, rules: ___, ...line } = table;
  return {
    ...line,
    differing: differingRows(table),
    witnesses: pointsOf(witnesses),
    structure: pointsOf(structure),
    keptAs,
  };
}

function pointsOf(points: readonly { readonly equal: boolean }[]): Points {
  return { equal: points.filter(({ equal }) => equal).length, total: points.length };
}
