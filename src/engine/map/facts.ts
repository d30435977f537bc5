// What is known of columns when their type is chosen, one column alone or several that must agree.

import type { Column } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { ColumnFacts } from '../dialects/ddl.ts';
import { observedType } from '../dialects/observed.ts';
import { equal, widest } from '../dialects/types.ts';
import { compareDecimals } from '../support/decimal.ts';

export interface Known {
  readonly column: Column;
  readonly answers: Answers;
  readonly keyed: boolean;
}

export interface Choice {
  readonly logical: LogicalType;
  readonly facts: ColumnFacts;
}

/** The type and the facts that all the given columns share; for one column they are its own. */
export function agree(members: readonly [Known, ...Known[]], family: ColumnFacts['family']): Choice {
  const types = members.map(({ column, answers }) => observedType(column.logical, answers));
  const logical = widest(types as [LogicalType, ...LogicalType[]]);
  // Only the words of a column that has the common type may stand for all.
  const speaker = members.find(({ column }) => equal(column.logical, logical))?.column;
  return {
    logical,
    facts: {
      answers: mergeAnswers(members.map(({ answers }) => answers)),
      keyed: members.some(({ keyed }) => keyed),
      identity: members.some(({ column }) => column.identity !== null),
      ...(speaker ? { native: speaker.native } : {}),
      ...(speaker && family ? { family } : {}),
    },
  };
}

const GREATEST: readonly Question[] = ['max', 'maxChars', 'maxBytes', 'maxIntegerDigits', 'maxScale'];

/** Greatest of the greatest, least of the least, sums of counts; what one member does not know is not known. */
export function mergeAnswers(all: readonly Answers[]): Answers {
  const [first = {}] = all;
  const merged: Answers = {};
  for (const question of Object.keys(first) as Question[]) {
    const values = all.map((answers) => answers[question]);
    if (values.some((value) => value === undefined)) continue;
    const present = values.filter((value): value is string => value != null);
    merged[question] = present.length === 0 ? null : present.reduce((a, b) => join(question, a, b));
  }
  return merged;
}

function join(question: Question, a: string, b: string): string {
  if (GREATEST.includes(question)) return compareDecimals(a, b) >= 0 ? a : b;
  if (question === 'min') return compareDecimals(a, b) <= 0 ? a : b;
  return /^\d+$/.test(a) && /^\d+$/.test(b) ? String(BigInt(a) + BigInt(b)) : a;
}
