// What becomes of rows whose values do not fit, where the way tells each of them: the table's policy decides.

import { keepsAside } from '../../../shared/left-out.ts';
import type { ErrorPolicy } from '../../../shared/model/quarantine.ts';
import { limitWords, withinLimit } from '../../../shared/quarantine-words.ts';
import type { Judgement } from '../risks/risk.ts';

/** With a quarantine such rows block no more, as long as it has room for those that are known. */
export function withApart(judgement: Judgement, errors: ErrorPolicy, tableRows: number | null): Judgement {
  const { severity, what, apart } = judgement;
  if (apart === undefined || severity === 'note') return judgement;
  if (!keepsAside(errors)) {
    return severity === 'blocker' ? judgement : { ...judgement, what: `${what}; ${apart} stops the run` };
  }
  if (!hasRoomFor(judgement, errors, tableRows)) {
    return { ...judgement, what: `${what}; that is more than may be kept aside, which is ${limitWords(errors)}` };
  }
  return { ...judgement, severity: 'warning', what: `${what}; ${apart} goes into quarantine` };
}

/** Known only where both were counted: the run holds the limit whatever is said here. `tableRows` null: not counted. */
export function hasRoomFor({ rows }: Judgement, errors: ErrorPolicy, tableRows: number | null): boolean {
  if (rows === undefined) return true;
  const share = tableRows === null ? 0 : (100 * Number(rows)) / Math.max(1, tableRows);
  return withinLimit(errors, Number(rows), share);
}
