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
  return pattern === undefined || compiled(pattern).test(text);
}

/** The same few patterns are asked of every column. */
const known = new Map<string, RegExp>();
const KEPT = 1000;

function compiled(pattern: string): RegExp {
  const found = known.get(pattern);
  if (found) return found;
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const made = new RegExp(`^${escaped.join('.*')}$`, 'is');
  if (known.size >= KEPT) known.clear();
  known.set(pattern, made);
  return made;
}
