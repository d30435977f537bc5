// Tables that are to be replaced, and whose place must stay theirs because of what hangs on them: they are refilled, which
// exchanges their rows for those of the source and leaves everything else as it is.

import type { Catalog, Dependant, Table } from '../../../shared/model/catalog.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { Capabilities } from '../../dialects/capabilities.ts';
import { nameKey } from '../../dialects/names.ts';

/** Why a table is refilled: what would stay with an old table, or other tables that are refilled in the same act. */
export type Refill =
  | { readonly kind: 'stuck'; readonly dependants: readonly Dependant[] }
  | { readonly kind: 'beside'; readonly tables: readonly string[] };

/** By the key of the name that the table has in the target. */
export type Refills = ReadonlyMap<string, Refill>;

export function refillsOf(project: Project, target: Catalog, can: Capabilities): Refills {
  const key = (name: string): string => nameKey(name, can);
  const replaced = replacedIn(project, target, key);
  const moves = (name: string): boolean => replaced.has(key(name));
  const refills = new Map<string, Refill>();
  for (const group of can.mergesBesideReplacing ? tiedGroups(replaced, key) : [[...replaced.keys()]]) {
    const stuck = new Map(group.map((name) => [name, stuckOn(replaced.get(name)!, moves, can)] as const));
    const seeds = group.filter((name) => stuck.get(name)!.length > 0);
    if (seeds.length === 0 || !group.every((name) => canBeRefilled(replaced.get(name)!))) continue;
    const tables = seeds.map((name) => replaced.get(name)!.name);
    for (const name of group) {
      const dependants = stuck.get(name)!;
      refills.set(name, dependants.length > 0 ? { kind: 'stuck', dependants } : { kind: 'beside', tables });
    }
  }
  return refills;
}

function replacedIn(project: Project, target: Catalog, key: (name: string) => string): Map<string, Table> {
  const standing = new Map(target.tables.map((table) => [key(table.name), table]));
  const replaced = new Map<string, Table>();
  for (const { skip, mode, target: name } of project.tables) {
    const table = standing.get(key(name));
    if (!skip && table && (mode ?? project.mode) === 'replace') replaced.set(key(name), table);
  }
  return replaced;
}

function stuckOn({ dependants }: Table, moves: (name: string) => boolean, can: Capabilities): Dependant[] {
  return dependants.filter(({ kind, of: owner, hindrance }) => {
    if (!can.staysBehindOnReplace.includes(kind)) return false;
    if (kind === 'foreign key' && owner?.schema === null && moves(owner.table)) return false;
    return hindrance !== undefined || !can.carriesOnReplace.includes(kind);
  });
}

/** Rows of children are rows of the table too. Keys of other schemas, and of tables that others own, can't be looked after. */
function canBeRefilled({ dependants, foreignKeys }: Table): boolean {
  if (foreignKeys.some(({ references }) => references.schema !== null)) return false;
  return !dependants.some(
    ({ kind, of: owner, hindrance }) =>
      kind === 'child table' ||
      (kind === 'foreign key' && (hindrance !== undefined || (owner !== undefined && owner.schema !== null))),
  );
}

/** Tables that foreign keys tie to each other: rows of the one could not stay where the other is replaced. */
function tiedGroups(tables: ReadonlyMap<string, Table>, key: (name: string) => string): string[][] {
  const tied = new Map([...tables.keys()].map((name) => [name, new Set([name])]));
  for (const [name, { foreignKeys }] of tables) {
    for (const { references } of foreignKeys) {
      const [own, other] = [tied.get(name)!, tied.get(key(references.table))];
      if (!other || own === other) continue;
      for (const each of other) {
        own.add(each);
        tied.set(each, own);
      }
    }
  }
  return [...new Set(tied.values())].map((group) => [...group]);
}
