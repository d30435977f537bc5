// What hangs on a table that is replaced: whether it is made anew on the table that takes its place, or stays behind.

import type { Dependant } from '../../shared/model/catalog.ts';
import type { TargetTable } from '../../shared/model/plan.ts';
import type { Capabilities } from './capabilities.ts';

type Can = Pick<Capabilities, 'staysBehindOnReplace' | 'carriesOnReplace'>;

/** carried: made anew on the new table. stuck: it would stay with the old one; `why` is null where its kind says all. */
export type Fate =
  | { readonly kind: 'carried' }
  | { readonly kind: 'stuck'; readonly why: string | null }
  /** It goes along by itself, or finds the new table by its name. */
  | { readonly kind: 'free' };

/** For sentences: `view public.v`. */
export function dependantWords({ kind, name }: Pick<Dependant, 'kind' | 'name'>): string {
  return kind === 'object' ? name : `${kind} ${name}`;
}

/** `moves` tells of tables of the same schema whether they are replaced in the same act. */
export function fateOf(
  dependant: Dependant,
  table: TargetTable,
  { staysBehindOnReplace, carriesOnReplace }: Can,
  moves: (table: string) => boolean,
): Fate {
  const { kind, of: owner, hindrance } = dependant;
  if (!staysBehindOnReplace.includes(kind)) return { kind: 'free' };
  const goesAlong = owner !== undefined && owner.schema === null && moves(owner.table);
  if (kind === 'foreign key' && goesAlong) return { kind: 'free' };
  if (!carriesOnReplace.includes(kind)) return { kind: 'stuck', why: hindrance ?? null };
  const why = hindrance ?? missingIn(dependant, table);
  if (why !== null) return { kind: 'stuck', why };
  return goesAlong ? { kind: 'free' } : { kind: 'carried' };
}

function missingIn({ kind, columns = [] }: Dependant, table: TargetTable): string | null {
  const there = new Set(table.columns.map(({ name }) => name));
  const lost = columns.filter((column) => !there.has(column));
  if (lost.length > 0) {
    return `it uses the column${lost.length === 1 ? '' : 's'} ${lost.join(', ')}, which the new table does not have`;
  }
  if (kind !== 'foreign key' || isUnique(columns, table)) return null;
  return `the new table has no unique key over ${columns.join(', ')}`;
}

function isUnique(columns: readonly string[], { primaryKey, uniques, indexes }: TargetTable): boolean {
  const wanted = JSON.stringify([...columns].sort());
  const keys = [
    ...(primaryKey ? [primaryKey.columns] : []),
    ...uniques.map((key) => key.columns),
    ...indexes
      .filter(({ unique, where }) => unique && where === null)
      .map(({ parts }) => parts.map(({ column, prefix }) => (prefix === null ? column : null))),
  ];
  return keys.some((key) => JSON.stringify([...key].sort()) === wanted);
}
