// The table of targets for people.

import { count, size } from '../../src/shared/format.ts';
import { table } from '../columns.ts';
import { type Demand, type Reading, type Target, type Unit, verdictOf } from './target.ts';

export function targetLines(targets: readonly Target[]): string[] {
  return table(
    ['what', 'measured', 'against', 'ratio', 'target', 'verdict'],
    targets.map((target) => {
      const { what, unit, measured, against, demand } = target;
      const verdict = verdictOf(target);
      const isMeasured = verdict.kind !== 'not measured';
      return [
        what,
        measured.kind === 'none' ? '–' : amount(measured.value, unit),
        rival(against, unit),
        isMeasured ? verdict.ratio.toFixed(2) : '–',
        wanted(demand),
        isMeasured ? verdict.kind : `not measured: ${verdict.why}`,
      ];
    }),
  );
}

function rival(reading: Reading, unit: Unit): string {
  return reading.kind === 'none' ? reading.of : `${reading.of} ${amount(reading.value, unit)}`;
}

function wanted({ kind, ratio }: Demand): string {
  return `${kind === 'at most' ? '≤' : '≥'} ${ratio.toFixed(2)}`;
}

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
      return `${value.toFixed(value < 10 ? 2 : 1)} s`;
    case 'bytes':
      return size(value);
    case 'rows/s':
      return `${count(value)} rows/s`;
    case 'µs a row':
      return `${value.toFixed(2)} µs`;
  }
}
