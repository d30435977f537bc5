// Type rules: ordered, the first whose every condition matches decides.

import type { TypeRule } from '../../shared/model/mapping.ts';

export interface RuleSubject {
  readonly native: string;
  readonly table: string;
  readonly column: string;
}

/** The type of the first matching rule; null when none matches. */
export function ruledType(rules: readonly TypeRule[], subject: RuleSubject): string | null {
  const rule = rules.find(
    ({ native, table, column }) =>
      matches(native, subject.native) && matches(table, subject.table) && matches(column, subject.column),
  );
  return rule?.type ?? null;
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'is').test(text);
}
