// Findings as a list to read: by severity, then by code, so that five hundred equal warnings are one line that opens.

import { list } from '../../../../shared/format.ts';
import { type Finding, type Severity, severity as severities } from '../../../../shared/model/finding.ts';
import { type BulkRemedy, bulkRemedies } from './bulk.ts';

export interface FindingGroup {
  readonly key: string;
  readonly severity: Severity;
  readonly code: string;
  readonly findings: readonly Finding[];
  readonly bulk: readonly BulkRemedy[];
}

export interface FindingFilter {
  /** Words that must all occur in the message, the code or the place. */
  readonly text: string;
  readonly severity: Severity | 'all';
}

/** What is drawn, one after the other. */
export type FindingLine =
  | { readonly kind: 'severity'; readonly severity: Severity; readonly count: number }
  | { readonly kind: 'group'; readonly group: FindingGroup; readonly open: boolean }
  /** `nested`: below the line of its group; a group of one has no line of its own. */
  | { readonly kind: 'finding'; readonly finding: Finding; readonly nested: boolean; readonly key: string };

export const severityWords: Readonly<Record<Severity, string>> = { blocker: 'Blocks', warning: 'Warns', note: 'Notes' };

/** Blockers first; within a severity the larger groups stand in the order of their first finding. */
export function groupFindings(findings: readonly Finding[], filter: FindingFilter): FindingGroup[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Finding[]>();
  for (const severity of severities.options) {
    if (filter.severity !== 'all' && filter.severity !== severity) continue;
    for (const finding of findings) {
      if (finding.severity !== severity || !matches(finding, words)) continue;
      const key = `${severity} ${finding.code}`;
      const found = groups.get(key);
      if (found) found.push(finding);
      else groups.set(key, [finding]);
    }
  }
  return [...groups].map(([key, found]) => {
    const { severity, code } = found[0]!;
    return { key, severity, code, findings: found, bulk: bulkRemedies(found) };
  });
}

/** Groups of a few findings stand open until they are closed. */
const FEW = 3;

export function linesOf(groups: readonly FindingGroup[], toggled: ReadonlySet<string>): FindingLine[] {
  const lines: FindingLine[] = [];
  let last: Severity | null = null;
  for (const group of groups) {
    if (group.severity !== last) {
      last = group.severity;
      lines.push({ kind: 'severity', severity: last, count: countOf(groups, last) });
    }
    const nested = group.findings.length > 1;
    const isOpen = toggled.has(group.key) !== group.findings.length <= FEW;
    if (nested) lines.push({ kind: 'group', group, open: isOpen });
    if (nested && !isOpen) continue;
    for (const [i, finding] of group.findings.entries()) {
      lines.push({ kind: 'finding', finding, nested, key: `${group.key} ${i}` });
    }
  }
  return lines;
}

/** Where the findings of a group are, the first few by name. */
export function placesOf(findings: readonly Finding[]): string {
  const names = findings.flatMap(({ place: { table, column, object } }) =>
    table === undefined ? [] : [[table, column ?? object].filter(Boolean).join('.')],
  );
  return list([...new Set(names)], 6);
}

/** `value.zero-date` → "Zero date". */
export function titleOf(code: string): string {
  const words = code.slice(code.indexOf('.') + 1).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function countOf(groups: readonly FindingGroup[], severity: Severity): number {
  return groups.reduce((sum, group) => sum + (group.severity === severity ? group.findings.length : 0), 0);
}

function matches({ message, code, place }: Finding, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [message, code, place.table, place.column, place.object].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
