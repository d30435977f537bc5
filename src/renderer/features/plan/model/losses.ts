// What of the source does not arrive, or arrives weaker: the findings that say so.

import type { NamedObject } from '../../../../shared/model/catalog.ts';
import type { Finding } from '../../../../shared/model/finding.ts';

/** Codes that tell of structure lost or made weaker on the way. */
const LOSSES: ReadonlySet<string> = new Set([
  'project.new-column',
  'project.unmapped-tables',
  'structure.check',
  'structure.comments',
  'structure.default',
  'structure.deferrable',
  'structure.foreign-key',
  'structure.generated',
  'structure.identity',
  'structure.index-dropped',
  'structure.index-include',
  'structure.nulls-not-distinct',
  'structure.partial-index',
  'structure.partitions',
  'structure.prefix-index',
  'structure.touched-on-update',
  'structure.unique-case',
]);

export function lossesIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ code, severity }) => code.startsWith('not-carried.') || (LOSSES.has(code) && severity !== 'blocker'),
  );
}

/** Objects of the source that the plan does not carry. An extension is none where the plan does not miss it. */
export function objectsLeft(objects: readonly NamedObject[], findings: readonly Finding[]): readonly NamedObject[] {
  const missed = new Set(findings.map(({ code }) => code));
  return objects.filter(({ kind }) => missed.has(`not-carried.${kind.replaceAll(' ', '-')}`));
}
