// The end screen: the verdict in words, the evidence per table, what it took, and the way back.

import { fedWords } from '../../shared/feeds.ts';
import { count, duration, many, shortDigest, size } from '../../shared/format.ts';
import { leftWords } from '../../shared/left-out.ts';
import { mergedWords } from '../../shared/merging-words.ts';
import type { Report, TableReport, Verdict } from '../../shared/model/report.ts';
import type { RunState } from '../../shared/model/run.ts';
import { businessWords } from '../../shared/rule-words.ts';
import { findingSummary } from './findings.ts';
import { columns, visible, wrap } from './text.ts';
import type { Style, Theme } from './theme.ts';

const DIFFERENCES_SHOWN = 10;

export interface EndOptions {
  readonly theme: Theme;
  readonly columns: number;
  /** How the run ended; null for a verification. */
  readonly state: RunState | null;
  readonly peakRss: number | null;
  readonly folder: string | null;
}

export function endLines(report: Report, options: EndOptions): string[] {
  return [
    '',
    ...verdictLines(options.theme, report.verdict, report.summary, options.columns),
    ...(report.tables.length > 0 ? ['', ...tableLines(report, options)] : []),
    ...differenceLines(report, options),
    ...ruleLines(report, options),
    '',
    ...factLines(report, options),
    '',
  ];
}

export function verdictLines(theme: Theme, verdict: Verdict, summary: string, terminalWidth: number): string[] {
  const { paint, glyph } = markOf(theme, verdict);
  const lines = wrap(visible(summary), Math.min(terminalWidth, 110) - 6);
  return lines.map((line, i) => `  ${paint(i ? ' ' : glyph)} ${theme.strong(line)}`);
}

function markOf({ proved, warn, block, glyph }: Theme, verdict: Verdict): { paint: Style; glyph: string } {
  switch (verdict) {
    case 'verified':
      return { paint: proved, glyph: glyph.done };
    case 'partial':
      return { paint: warn, glyph: glyph.warning };
    case 'different':
    case 'failed':
      return { paint: block, glyph: glyph.failed };
  }
}

function tableLines({ tables }: Report, { theme, columns: width }: EndOptions): string[] {
  const mark = (equal: boolean) => (equal ? theme.glyph.done : theme.glyph.failed);
  const rows = tables.map((table) => {
    const { seconds } = table;
    return [
      `  ${visible(table.target)}`,
      count(table.sourceRows),
      count(table.targetRows),
      shortDigest(table.sourceDigest),
      table.sourceDigest === table.targetDigest ? '=' : '≠',
      shortDigest(table.targetDigest),
      agreement(table),
      duration(seconds.load + seconds.index + seconds.verify),
      mark(table.equal),
    ];
  });
  const total = (pick: (table: TableReport) => number) => count(tables.reduce((sum, table) => sum + pick(table), 0));
  if (tables.length > 1) rows.push(['  total', total((each) => each.sourceRows), total((each) => each.targetRows)]);
  const lines = columns(
    theme,
    [
      { title: '  table', elastic: true },
      { title: 'in source', align: 'right' },
      { title: 'in target', align: 'right' },
      { title: 'checksum' },
      { title: '' },
      { title: '' },
      { title: 'witnesses' },
      { title: 'time', align: 'right' },
      { title: '', style: (text) => (text === theme.glyph.done ? theme.proved(text) : theme.block(text)) },
    ],
    rows,
    width,
  );
  return lines;
}

/** "12 of 12": aggregates that each database computed itself, and points of structure. */
function agreement({ witnesses, structure }: TableReport): string {
  const points = [...witnesses, ...structure];
  return `${count(points.filter(({ equal }) => equal).length)} of ${count(points.length)}`;
}

/** Where source and target differ, without the values: those are in the report, masked. */
function differenceLines({ tables }: Report, { theme }: EndOptions): string[] {
  const unequal = tables.filter(({ equal }) => !equal);
  return unequal.flatMap((table) => {
    const lines = table.differences.slice(0, DIFFERENCES_SHOWN).map(({ kind, key, column }) => {
      const place = Object.entries(key).map(([name, value]) => `${name} ${value}`);
      return `    ${visible([kind, place.join(', '), column ? `in ${column}` : ''].filter(Boolean).join('  '))}`;
    });
    const rest = table.differences.length - lines.length;
    if (rest > 0 || table.differencesCut)
      lines.push(`    ${theme.quiet(`${table.differencesCut ? 'at least ' : ''}${count(rest)} more in the report`)}`);
    const apart = [
      ...table.witnesses
        .filter(({ equal }) => !equal)
        .map((each) => `${each.question} of ${each.column || 'the table'}`),
      ...table.structure
        .filter(({ equal }) => !equal)
        .map((each) => `${each.what}: expected ${each.expected}, found ${each.actual}`),
    ];
    const extra = apart.slice(0, DIFFERENCES_SHOWN).map((text) => `    ${visible(text)}`);
    return ['', `  ${theme.block(theme.glyph.failed)} ${theme.strong(visible(table.target))}`, ...lines, ...extra];
  });
}

function ruleLines({ rules }: Report, { theme }: EndOptions): string[] {
  const lines = rules.map((rule) => {
    const glyph = rule.broken === 0 ? theme.proved(theme.glyph.done) : theme.block(theme.glyph.failed);
    return `  ${glyph} ${visible(`rule on the ${rule.on}: ${rule.name}`)}  ${theme.quiet(businessWords(rule))}`;
  });
  return lines.length > 0 ? ['', ...lines] : [];
}

function factLines(report: Report, { theme, state, peakRss, folder, columns: width }: EndOptions): string[] {
  const fact = (label: string, text: string) =>
    wrap(visible(text), Math.max(30, width - 14)).map(
      (line, i) => `  ${theme.quiet((i ? '' : label).padEnd(10))}${line}`,
    );
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const bytes = report.tables.reduce((sum, table) => sum + table.bytes, 0);
  const took = [duration(seconds), size(bytes), peakRss === null ? '' : `${size(peakRss)} of memory at most`];
  const lines = fact('took', took.filter(Boolean).join(', '));
  const steps = report.steps
    .filter((step) => step.seconds >= 0.05)
    .map((step) => `${step.step} ${duration(step.seconds)}`);
  if (steps.length > 0) lines.push(...fact('steps', steps.join(', ')));
  if (report.findings.length > 0) lines.push(...fact('findings', findingSummary(report.findings)));
  const changes = report.tables.flatMap((table) =>
    table.changes
      .filter(({ changed }) => changed)
      .map((each) => `${table.target}: ${each.what} (${many(each.rows, 'row')})`),
  );
  for (const change of changes.slice(0, DIFFERENCES_SHOWN)) lines.push(...fact('changed', change));
  const merged = report.tables.flatMap((table) =>
    table.merged ? [{ target: table.target, merged: table.merged }] : [],
  );
  for (const [i, each] of merged.entries()) {
    lines.push(...fact(i ? '' : 'rows', `${each.target}: ${mergedWords(each.merged)}`));
  }
  for (const [i, left] of report.left.entries()) lines.push(...fact(i ? '' : 'left out', leftWords(left)));
  const fed = report.tables.filter(({ feeds }) => feeds.length > 0);
  for (const [i, { target, feeds }] of fed.entries())
    lines.push(...fact(i ? '' : 'fed', `${target} by ${fedWords(feeds)}`));
  const quarantined = report.tables.filter((table) => table.quarantined > 0);
  for (const [i, { target, quarantined: rows }] of quarantined.entries()) {
    lines.push(...fact(i ? '' : 'aside', `${many(rows, 'row')} of ${target}`));
  }
  if (quarantined.length > 0 && state !== null) lines.push(...fact('', `drover quarantine ${report.run}`));
  if (state === 'published') {
    for (const [i, { table, keptAs }] of report.backups.entries()) {
      const what = merged.some(({ target }) => target === table) ? `of ${table}` : `the earlier ${table}`;
      lines.push(...fact(i ? '' : 'kept', `${what} as ${keptAs}`));
    }
  }
  if (folder) {
    lines.push(`  ${theme.quiet('report'.padEnd(10))}${visible(`${folder}/verification_report.html`)}`);
    lines.push(`  ${theme.quiet(''.padEnd(10))}drover report ${report.run} --format md`);
  }
  return lines;
}
