// A risk: what to ask of the source's values, and how to judge the answers.

import { count } from '../../../shared/format.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Answers, Question } from '../../../shared/model/profile.ts';
import type { Capabilities } from '../../dialects/capabilities.ts';

export interface RiskSubject {
  readonly from: LogicalType;
  readonly to: LogicalType;
  readonly sourceCan: Capabilities;
  readonly targetCan: Capabilities;
  /** The target's own words for the type. */
  readonly native: string;
  /** The target type takes JSON with the escape \\u0000. */
  readonly takesEscapedNul: boolean;
}

export interface Risk {
  readonly code: string;
  readonly ask: readonly Question[];
  /** Null when the answers show no trouble. */
  judge(answers: Answers): Judgement | null;
}

/**
 * What a person may do: a sentence; or its beginning, and the type that would do or the word that misfits become NULL.
 * The plan finds the target's own words for the type, and says nothing that would not help.
 */
export type Advice =
  | string
  | { readonly text: string; readonly choose: LogicalType }
  | { readonly text: string; readonly misfits: 'null' };

export interface Judgement {
  readonly severity: 'blocker' | 'warning' | 'note';
  /** Completes "orders.total …". */
  readonly what: string;
  readonly rows?: string;
  readonly advice?: readonly Advice[];
  /** Single values are refused on the way, so that `unrepresentable: null` helps. */
  readonly policy?: boolean;
  /** Where the way tells such rows from the others: the subject of a sentence on what becomes of one. */
  readonly apart?: string;
}

/** Of most blockers. */
export const EACH_ROW = 'each such row';

/** A risk that counts rows: any at all is a blocker (or what else is given). */
export function counted(
  code: string,
  question: Question,
  what: (rows: string) => string,
  more: Pick<Judgement, 'policy' | 'advice' | 'apart'> & { readonly severity?: Judgement['severity'] } = {},
): Risk {
  return {
    code,
    ask: [question],
    judge(answers) {
      const rows = answers[question];
      if (rows == null || rows === '0') return null;
      return { severity: 'blocker', what: what(rows), rows, ...more };
    },
  };
}

/** What is so whatever the values are. */
export function always(
  code: string,
  severity: Judgement['severity'],
  what: string,
  advice: readonly Advice[] = [],
  apart?: string,
): Risk {
  return { code, ask: [], judge: () => ({ severity, what, advice, ...(apart === undefined ? {} : { apart }) }) };
}

/** "1 value is", "12 values are". */
export function values(rows: string, one: string, many: string): string {
  return rows === '1' ? `1 value that ${one}` : `${count(Number(rows))} values that ${many}`;
}
