// What the parts of a table tell, added up: chunks of one source, and sources of one table.

import { addDigests } from './digest.ts';
import type { Scanned } from './order.ts';

export function sumScanned(parts: readonly Scanned[]): Scanned {
  return {
    ...addDigests(parts),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    refused: parts.reduce((sum, part) => sum + part.refused, 0),
    changes: sumChanges(parts.flatMap((part) => part.changes)),
    rules: sumRules(parts.flatMap((part) => part.rules)),
  };
}

export function sumChanges(changes: Scanned['changes']): Scanned['changes'][number][] {
  const sums = new Map<string, Scanned['changes'][number]>();
  for (const change of changes) {
    sums.set(change.what, { ...change, rows: (sums.get(change.what)?.rows ?? 0) + change.rows });
  }
  return [...sums.values()];
}

export function sumRules(results: Scanned['rules']): Scanned['rules'][number][] {
  const sums = new Map<string, Scanned['rules'][number]>();
  for (const result of results) {
    sums.set(result.what, { ...result, broken: (sums.get(result.what)?.broken ?? 0) + result.broken });
  }
  return [...sums.values()];
}
