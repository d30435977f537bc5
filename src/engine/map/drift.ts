// Drift: the two databases as they are now against what the project was mapped against, table by table, column by column.

import type { Drift } from '../../shared/model/drift.ts';
import type { Project } from '../../shared/model/mapping.ts';
import { sourceDifferences } from './drift-source.ts';
import { targetDifferences } from './drift-target.ts';
import { type DriftSides, tablesOf } from './drift-words.ts';
import { proposedIn, seenOf, seenTable } from './seen.ts';

export type { DriftSides } from './drift-words.ts';

export function driftOf(sides: DriftSides): Drift {
  const { project, source, target } = sides;
  const differences = [...sourceDifferences(sides), ...targetDifferences(sides)];
  const now = { source: tablesOf(source), target: tablesOf(target) };
  const proposed = proposedIn(project.seen);
  const touched = new Map(differences.map(({ side, table }) => [`${side}\n${table}`, { side, table }]));
  return {
    known: project.seen !== undefined,
    differences,
    elsewhere:
      project.source.fingerprint !== '' &&
      project.source.fingerprint !== source.fingerprint &&
      !differences.some(({ side }) => side === 'source'),
    tables: [...touched.values()].map(({ side, table }) => {
      const found = now[side].get(table);
      return {
        side,
        name: table,
        now: found ? seenTable(found, side === 'source' ? proposed : undefined) : null,
      };
    }),
    fingerprints: { source: source.fingerprint, target: target.fingerprint },
  };
}

/** The project as mapped against what is there now. What it names and is gone stays in the mapping. */
export function acceptDrift({ project, source, target, targetDialect }: DriftSides): Project {
  const targetCan = targetDialect.capabilities(target.server);
  return {
    ...project,
    source: { ...project.source, fingerprint: source.fingerprint },
    target: { ...project.target, fingerprint: target.fingerprint },
    seen: seenOf(project.tables, { source, target, targetCan }, proposedIn(project.seen)),
  };
}
