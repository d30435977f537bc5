// Rules in words, as screens and reports say them.

import { assertNever } from './errors.ts';
import { many } from './format.ts';
import type { PlannedSqlRule, Rule, RuleResult } from './model/rule.ts';

/** "price: from 0 to 100000" */
export function ruleWords(rule: Rule): string {
  return rule.rule === 'compare' ? demand(rule) : `${columnsOfRule(rule).join(', ')}: ${demand(rule)}`;
}

/** "met", "12 rows break it". */
export function businessWords({ broken }: Pick<PlannedSqlRule, 'broken'>): string {
  if (broken === null) return 'could not be asked';
  return broken > 0 ? `${many(broken, 'row')} ${broken === 1 ? 'breaks' : 'break'} it` : 'met';
}

/** What became of rows that break a rule. */
export function fateWords(onBreak: RuleResult['onBreak']): string {
  switch (onBreak) {
    case 'stop':
      return 'would have stopped the run';
    case 'quarantine':
      return 'went into quarantine';
    case 'warn':
      return 'moved';
  }
}

/** Columns that the rule looks at. */
export function columnsOfRule(rule: Rule): string[] {
  if (rule.rule === 'unique') return rule.columns;
  return rule.rule === 'compare' ? [rule.column, rule.to] : [rule.column];
}

function demand(rule: Rule): string {
  switch (rule.rule) {
    case 'required':
    case 'unique':
    case 'not in the future':
      return rule.rule;
    case 'length':
      return `${between(rule.min, rule.max)} characters`;
    case 'format':
      return `is ${rule.is === 'email' ? 'an' : 'a'} ${FORMATS[rule.is]}`;
    case 'matches':
      return `matches ${rule.pattern}`;
    case 'range':
      return between(rule.min, rule.max);
    case 'one of':
      return `one of ${rule.values.slice(0, 8).join(', ')}${rule.values.length > 8 ? ' …' : ''}`;
    case 'exists':
      return `exists in ${rule.in}.${rule.match}`;
    case 'compare':
      return `${rule.column} ${rule.is} ${rule.to}`;
    case 'items':
      return `${rule.least ?? 1} or more items with ${rule.fields.map(({ name }) => name).join(', ')}`;
    default:
      return assertNever(rule);
  }
}

const FORMATS = { email: 'e-mail address', url: 'web address', uuid: 'UUID', datetime: 'date or time' } as const;

function between(min: string | number | undefined, max: string | number | undefined): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
