// Type rules: ordered, the first whose every condition matches decides.

import type { TypeRule } from './model/mapping.ts';

export interface RuleSubject {
  readonly native: string;
  readonly table: string;
  readonly column: string;
}

/** The type of the first matching rule; null when none matches. */
export function ruledType(rules: readonly TypeRule[], subject: RuleSubject): string | null {
  return rules[decidingRule(rules, subject)]?.type ?? null;
}

/** Which rule decides; -1 when none matches. */
export function decidingRule(rules: readonly TypeRule[], subject: RuleSubject): number {
  return rules.findIndex(
    ({ native, table, column }) =>
      matches(native, subject.native) && matches(table, subject.table) && matches(column, subject.column),
  );
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'is').test(text);
}
