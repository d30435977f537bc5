// The target of copying: what the databases' own clients take to read or to write, whichever takes longer.

import type { EngineName } from '../engines.ts';
import type { Figure } from '../figures.ts';
import { copying, type Findings, read } from './readings.ts';
import { type Demand, type Reading, type Target, together } from './target.ts';

export function copyTarget(findings: Findings, source: EngineName, target: EngineName): Target {
  const pair = { part: 'pairs', source, target, contender: 'Drover' } as const;
  return {
    what: `${source} → ${target}, copy phase`,
    unit: 's',
    measured: read(findings, pair, 'Drover', copying),
    against: rawLimit(findings, 'raw', 'shop', source, target),
    demand,
  };
}

const demand: Demand = { kind: 'share of its speed', ratio: 0.85 };

export function rawLimit(
  findings: Findings,
  part: Figure['part'],
  set: string,
  source: EngineName,
  target: EngineName,
): Reading {
  const reading = read(
    findings,
    { part, set, source, target: null, contender: null },
    `raw read of ${source}`,
    copying,
  );
  const writing = read(
    findings,
    { part, set, source: null, target, contender: null },
    `raw write into ${target}`,
    copying,
  );
  const readsLonger = reading.kind === 'figure' && writing.kind === 'figure' && reading.value > writing.value;
  return together(readsLonger ? reading.of : writing.of, [reading, writing], (values) => Math.max(...values));
}
