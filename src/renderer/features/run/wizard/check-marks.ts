// The mark of each state that a check can be in.

import type { Mark } from '../../../ui/state/StateMark.tsx';
import type { Check } from '../model/checks.ts';

export const marks: Readonly<Record<Check['state'], Mark>> = {
  asking: 'busy',
  pass: 'proved',
  warn: 'warned',
  fail: 'blocked',
};
