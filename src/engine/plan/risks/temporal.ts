// Risks of dates, times, timestamps and intervals.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { always, counted, EACH_ROW, type Risk, type RiskSubject, values } from './risk.ts';

export function temporalRisks(subject: RiskSubject): Risk[] {
  const { from, to } = subject;
  const risks: Risk[] = [];
  if ((from.kind === 'date' || from.kind === 'timestamp') && (to.kind === 'date' || to.kind === 'timestamp')) {
    risks.push(...limits(subject));
  }
  if (from.kind === 'timestamp' && to.kind === 'timestamp') {
    if (from.zone !== to.zone) risks.push(zone(from));
    if (from.precision > to.precision) risks.push(cut(to.precision, from));
  }
  if (from.kind === 'timestamp' && to.kind === 'date') {
    risks.push(
      always('value.time-of-day', 'warning', 'loses its time of day; a value that has one is refused', [
        { text: 'Choose a timestamp type', choose: from },
        { text: 'Store NULL instead of such values, counted in the report', misfits: 'null' },
      ]),
    );
  }
  if (from.kind === 'time' && to.kind === 'time') {
    if (from.extended && !to.extended) risks.push(outsideDay());
    if (from.precision > to.precision) risks.push(cut(to.precision, from));
  }
  return risks;
}

function limits({ sourceCan, targetCan }: RiskSubject): Risk[] {
  const [has, holds] = [sourceCan.values, targetCan.values];
  const risks: Risk[] = [];
  if (has.zeroDates && !holds.zeroDates) {
    risks.push(
      counted(
        'value.zero-date',
        'zeroDates',
        (rows) =>
          `holds ${values(rows, 'is a zero or partial date', 'are zero or partial dates')} (such as 0000-00-00)`,
        { policy: true, apart: EACH_ROW },
      ),
    );
  }
  const infinite = has.infiniteDates && !holds.infiniteDates;
  const years = has.years.min < holds.years.min || has.years.max > holds.years.max;
  if (infinite || years) {
    const { min, max } = holds.years;
    risks.push(
      counted(
        'value.date-range',
        'dateOutsideRange',
        (rows) => `holds ${values(rows, 'lies', 'lie')} outside the years ${min} to ${max} or is infinite`,
        { policy: true, apart: EACH_ROW },
      ),
    );
  }
  return risks;
}

/** Drover reads and writes in UTC on both sides, so no hour shifts; what changes is what the column means. */
function zone(from: Extract<LogicalType, { kind: 'timestamp' }>): Risk {
  return from.zone
    ? always('value.zone', 'warning', 'holds instants; the target keeps their UTC reading without a zone')
    : always('value.zone', 'warning', 'holds wall-clock readings; the target takes them as UTC instants', [
        { text: 'If they are local times, choose a type without time zone', choose: from },
      ]);
}

function cut(precision: number, from: LogicalType): Risk {
  return always(
    'value.fraction-cut',
    'warning',
    `keeps ${precision} fractional digits of a second in the target`,
    [{ text: 'Choose a type with more fractional digits', choose: from }],
    'a value with more',
  );
}

function outsideDay(): Risk {
  return counted(
    'value.time-outside-day',
    'timeOutsideDay',
    (rows) => `holds ${values(rows, 'is', 'are')} negative or beyond 24 hours`,
    { policy: true, apart: EACH_ROW, advice: [{ text: 'Choose an interval type', choose: { kind: 'interval' } }] },
  );
}
