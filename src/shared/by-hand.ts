// By hand: which types of a mapping a person chose. A type is theirs when it is another than mapping proposed.

import type { ColumnMapping, Project } from './model/mapping.ts';

/** unknown: the project does not say what was proposed, as those of before did not. */
export type ByHand = (table: string, column: ColumnMapping) => 'yes' | 'no' | 'unknown';

export function byHandIn({ seen }: Project): ByHand {
  const proposed = new Map(
    seen?.source.map(({ name, columns }) => [name, new Map(columns.map((each) => [each.name, each.proposed]))]),
  );
  return (table, { source, type }) => {
    const was = proposed.get(table)?.get(source);
    if (was === undefined) return 'unknown';
    return was === type ? 'no' : 'yes';
  };
}

/** The mapping made anew, with the types that were set by hand in the one before. */
export function keepTypesByHand(made: Project, before: Project): Project {
  const isByHand = byHandIn(before);
  const kept = new Map(
    before.tables.flatMap((table) =>
      table.columns
        .filter((column) => isByHand(table.source, column) === 'yes')
        .map((column) => [`${table.source}\n${column.source}`, column.type] as const),
    ),
  );
  if (kept.size === 0) return made;
  return {
    ...made,
    tables: made.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => ({
        ...column,
        type: kept.get(`${table.source}\n${column.source}`) ?? column.type,
      })),
    })),
  };
}
