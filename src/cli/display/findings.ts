// Findings for people: blockers first, each with its place and what to do about it.

import { count, many } from '../../shared/format.ts';
import type { Finding, Place, Severity } from '../../shared/model/finding.ts';
import { visible, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** Notes beyond this many are counted, not listed; blockers and warnings are always listed. */
const NOTES_SHOWN = 25;

export function findingLines(theme: Theme, findings: readonly Finding[], columns: number): string[] {
  return (['blocker', 'warning', 'note'] as const).flatMap((severity) => {
    const group = findings.filter((finding) => finding.severity === severity);
    if (group.length === 0) return [];
    const shown = severity === 'note' ? group.slice(0, NOTES_SHOWN) : group;
    const rest = group.length - shown.length;
    return [
      '',
      `  ${paint(theme, severity)(many(group.length, severity))}`,
      ...shown.flatMap((finding) => lines(theme, finding, Math.min(columns, 110))),
      ...(rest > 0
        ? [`    ${theme.quiet(`and ${many(rest, 'more note', 'more notes')}; plan --json lists them all`)}`]
        : []),
    ];
  });
}

/** "no blockers, 2 warnings, 5 notes" */
export function findingSummary(findings: readonly Finding[]): string {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const word = (severity: Severity) => (of(severity) === 0 ? `no ${severity}s` : many(of(severity), severity));
  return `${word('blocker')}, ${word('warning')}, ${word('note')}`;
}

export function placeText(place: Place): string {
  const name = [place.table, place.column].filter(Boolean).join('.');
  return visible([place.side, name, place.object].filter(Boolean).join(' '));
}

function lines(theme: Theme, { severity, place, message, remedies, rows, code }: Finding, columns: number): string[] {
  const glyph = { blocker: theme.glyph.failed, warning: theme.glyph.warning, note: theme.glyph.note }[severity];
  const counted = rows ? `  ${rowsText(rows)}` : '';
  const head = `  ${paint(theme, severity)(glyph)} ${placeText(place)}${theme.quiet(`${counted}  ${code}`)}`;
  const body = wrap(visible(message), columns - 6).map((line) => `    ${line}`);
  const arrow = theme.quiet(theme.glyph.arrow);
  const todo = remedies.flatMap((remedy) =>
    wrap(visible(remedy.text), columns - 8).map((line, i) => (i ? `      ${line}` : `    ${arrow} ${line}`)),
  );
  return [head, ...body, ...todo];
}

function rowsText(rows: string): string {
  return /^\d{1,15}$/.test(rows) ? `${count(Number(rows))} ${rows === '1' ? 'row' : 'rows'}` : `${rows} rows`;
}

function paint(theme: Theme, severity: Severity): (text: string) => string {
  return { blocker: theme.block, warning: theme.warn, note: theme.note }[severity];
}
