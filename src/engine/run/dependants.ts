// What hangs on the tables that a run replaces: it must be the same at publish as when the plan was judged.

import { isReplaced } from '../../shared/merging-words.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Job } from './job.ts';

/** Comparable text; what the run itself has made in the target is left out. */
export function dependantsOf({ plan, target, identity }: Job, catalog: Catalog): string {
  const replaced = new Set(plan.tables.filter(isReplaced).map((table) => table.target.name));
  const staying = new Set<string>(target.capabilities.staysBehindOnReplace);
  const found = catalog.tables
    .filter((table) => replaced.has(table.name))
    .flatMap((table) => table.dependants.map(({ kind, name }) => ({ kind, words: `${table.name}: ${kind} ${name}` })))
    .filter(({ kind, words }) => staying.has(kind) && !words.includes(identity.id));
  return found
    .map(({ words }) => words)
    .sort()
    .join('; ');
}
