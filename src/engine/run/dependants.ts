// What hangs on the tables that a run replaces: it must be the same at publish as when the plan was judged.

import { isReplaced } from '../../shared/merging-words.ts';
import type { Dependants } from '../dialects/dialect.ts';
import type { Dependant, Job } from './job.ts';

/** Of all tables that the plan replaces; what the run itself has made in the target is left out. */
export function dependantsOf({ plan, target, identity }: Job, dependants: Dependants): Dependant[] {
  const replaced = new Set(plan.tables.filter(isReplaced).map((table) => table.target.name));
  const staying = new Set<string>(target.capabilities.staysBehindOnReplace);
  return [...dependants]
    .filter(([table]) => replaced.has(table))
    .flatMap(([table, all]) =>
      all
        .filter(({ kind }) => staying.has(kind))
        .map(({ kind, name }) => ({ table, words: `${table}: ${kind} ${name}` })),
    )
    .filter(({ words }) => !words.includes(identity.id));
}

/** Comparable text on those of these tables. */
export function dependantWords(dependants: readonly Dependant[], tables: ReadonlySet<string>): string {
  return dependants
    .filter(({ table }) => tables.has(table))
    .map(({ words }) => words)
    .sort()
    .join('; ');
}
