// What may go wrong with values between two types.

import { numberRisks } from './numbers.ts';
import type { Risk, RiskSubject } from './risk.ts';
import { temporalRisks } from './temporal.ts';
import { textRisks } from './text.ts';

export function risksOf(subject: RiskSubject): Risk[] {
  return [...numberRisks(subject), ...temporalRisks(subject), ...textRisks(subject)];
}
