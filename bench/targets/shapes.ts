// Targets of unusual shapes: within twice the raw limit, and a minute for a thousand empty tables.

import { EMPTY_TABLES } from '../data/shapes.ts';
import type { Figure } from '../figures.ts';
import { rawLimit } from './copying.ts';
import { copying, type Findings, read, whole } from './readings.ts';
import { limit, type Target } from './target.ts';

const SECONDS = 60;

export function shapeTargets(findings: Findings): Target[] {
  const own = findings.medians.filter(({ part, contender }) => part === 'shapes' && contender === 'Drover');
  return own.map((each) => (each.set === EMPTY_TABLES ? emptyTarget(findings, each) : copyTarget(findings, each)));
}

function copyTarget(findings: Findings, { set, source, target }: Figure): Target {
  return {
    what: `${source} → ${target}, ${set.replaceAll('_', ' ')}, copy phase`,
    unit: 's',
    measured: read(findings, { part: 'shapes', set, source, target, contender: 'Drover' }, 'Drover', copying),
    against: rawLimit(findings, 'shapes', set, source!, target!),
    demand: { kind: 'at most', ratio: 2 },
  };
}

function emptyTarget(findings: Findings, { set, source, target }: Figure): Target {
  return {
    what: `${source} → ${target}, 1,000 empty tables, whole with verification`,
    unit: 's',
    measured: read(findings, { part: 'shapes', set, source, target, contender: 'Drover' }, 'Drover', whole),
    against: limit(SECONDS),
    demand: { kind: 'at most', ratio: 1 },
  };
}
