// What must be asked of the source's values before types can be chosen well.

import type { Catalog } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Question } from '../../shared/model/profile.ts';
import type { Dialect, ProfileRequest } from '../dialects/dialect.ts';
import { keyedColumns } from '../dialects/keyed.ts';
import { storageQuestions } from '../dialects/observed.ts';
import { widest } from '../dialects/types.ts';
import { keyOf, linkedColumns } from './links.ts';

/** What a column of a database with dynamic types may turn out to hold. */
const POSSIBLE: readonly LogicalType[] = [
  { kind: 'integer', bits: 64, unsigned: false },
  { kind: 'float', bits: 64 },
  { kind: 'text', length: null, fixed: false },
];

/** One request a table; tables with nothing to ask are left out. */
export function questionsForMapping(source: Catalog, target: Dialect, sourceDialect: Dialect): ProfileRequest[] {
  const dynamic = sourceDialect.capabilities(source.server).dynamicTypes;
  const links = linkTypes(source);

  return source.tables.flatMap((table) => {
    const keyed = keyedColumns(table, source);
    const questions = table.columns.flatMap((column) => {
      const isKeyed = keyed.has(column.name);
      const types = [column.logical, ...(links.get(keyOf(table.name, column.name)) ?? [])];
      if (dynamic) types.push(...POSSIBLE);
      const ask = new Set<Question>(types.flatMap((type) => target.types.doubts(type, isKeyed)));
      if (dynamic) for (const question of storageQuestions(column.logical)) ask.add(question);
      return ask.size > 0 ? [{ column: column.name, logical: column.logical, ask: [...ask] }] : [];
    });
    return questions.length > 0 ? [{ table: { name: table.name, staging: null }, filter: null, questions }] : [];
  });
}

/** For columns tied by foreign keys: the types of the others, and the type that holds them all. */
function linkTypes(source: Catalog): Map<string, LogicalType[]> {
  const types = new Map<string, LogicalType[]>();
  const columns = new Map(
    source.tables.flatMap((table) => table.columns.map((column) => [keyOf(table.name, column.name), column] as const)),
  );
  for (const group of linkedColumns(source)) {
    const keys = group.map(({ table, column }) => keyOf(table, column));
    const members = keys.map((key) => columns.get(key)!.logical);
    const all = [...members, widest(members as [LogicalType, ...LogicalType[]])];
    for (const key of keys) types.set(key, all);
  }
  return types;
}
