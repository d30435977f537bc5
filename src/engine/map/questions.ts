// What must be asked of the source's values before types can be chosen well.

import type { Catalog, Column } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Profile, Question } from '../../shared/model/profile.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { keyedColumns } from '../dialects/keyed.ts';
import { observedType } from '../dialects/observed.ts';
import type { ProfileRequest } from '../dialects/session.ts';
import { widest } from '../dialects/types.ts';
import { keyOf, linkedColumns } from './links.ts';

/**
 * One request a table; tables with nothing to ask are left out. `stored` holds how values are stored, where a
 * column's declared type does not bind them.
 */
export function questionsForMapping(source: Catalog, target: Dialect, stored: Profile): ProfileRequest[] {
  const typeOf = (table: string, { name, logical }: Column) => observedType(logical, stored[table]?.[name] ?? {});
  const links = linkTypes(source, typeOf);

  return source.tables.flatMap((table) => {
    const keyed = keyedColumns(table, source);
    const questions = table.columns.flatMap((column) => {
      const isKeyed = keyed.has(column.name);
      const types = [typeOf(table.name, column), ...(links.get(keyOf(table.name, column.name)) ?? [])];
      const ask = new Set<Question>(types.flatMap((type) => target.types.doubts(type, isKeyed)));
      return ask.size > 0
        ? [{ column: column.name, logical: column.logical, collation: column.collation, ask: [...ask] }]
        : [];
    });
    return questions.length > 0 ? [{ table: { name: table.name, staging: null }, filter: null, questions }] : [];
  });
}

type TypeOf = (table: string, column: Column) => LogicalType;

/** For columns tied by foreign keys: the types of the others, and the type that holds them all. */
function linkTypes(source: Catalog, typeOf: TypeOf): Map<string, LogicalType[]> {
  const types = new Map<string, LogicalType[]>();
  const columns = new Map(
    source.tables.flatMap((table) =>
      table.columns.map((column) => [keyOf(table.name, column.name), typeOf(table.name, column)] as const),
    ),
  );
  for (const group of linkedColumns(source)) {
    const keys = group.map(({ table, column }) => keyOf(table, column));
    const members = keys.map((key) => columns.get(key)!);
    const all = [...members, widest(members as [LogicalType, ...LogicalType[]])];
    for (const key of keys) types.set(key, all);
  }
  return types;
}
