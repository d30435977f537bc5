// All targets that a run has figures for, or ought to have: in the order in which they were set.

import type { EngineName } from '../engines.ts';
import type { StartupFigure } from '../figures.ts';
import type { Part } from '../options.ts';
import type { TransformFigure } from '../transforms/figure.ts';
import { copyTarget } from './copying.ts';
import { growthTargets } from './growth.ts';
import { memoryTarget, startupTargets, transformTargets } from './limits.ts';
import { dumpTargets, pairTargets } from './migrations.ts';
import type { Findings } from './readings.ts';
import { shapeTargets } from './shapes.ts';
import type { Target } from './target.ts';

export interface Run extends Findings {
  readonly parts: readonly Part[];
  readonly pairs: readonly (readonly [EngineName, EngineName])[];
  readonly transforms: readonly TransformFigure[];
  readonly startup: readonly StartupFigure[];
}

export function targetsOf(run: Run): Target[] {
  const { parts, pairs, medians, transforms, startup } = run;
  const ofPart = (part: Part, targets: () => Target[]) => (parts.includes(part) ? targets() : []);
  return [
    ...ofPart('pairs', () => pairs.flatMap((pair) => pairTargets(run, pair))),
    ...ofPart('pairs', () => pairs.map(([source, target]) => copyTarget(run, source, target))),
    ...ofPart('dump', () => dumpTargets(run)),
    ...(medians.length > 0 ? [memoryTarget(medians)] : []),
    ...transformTargets(transforms),
    ...startupTargets(startup),
    ...growthTargets(medians),
    ...shapeTargets(run),
  ];
}
