// Types proposed anew, by other rules or for another kind of database; a type that was set by hand stays.

import { type ByHand, byHandIn } from '../../shared/by-hand.ts';
import type { ColumnMapping, Project, TypeRule } from '../../shared/model/mapping.ts';
import type { Retyped } from '../../shared/model/retyped.ts';
import type { Seen } from '../../shared/model/seen.ts';
import type { Dialect } from '../dialects/dialect.ts';

/** `made` is the same source mapped automatically, by the rules that the target understands. */
export function retyped(project: Project, made: Project, typeRules: readonly TypeRule[], target: Dialect): Retyped {
  const isByHand = byHandIn(project);
  const proposed = new Map(
    made.tables.map((table) => [table.source, new Map(table.columns.map((each) => [each.source, each.type]))]),
  );
  const changes: Retyped['changes'] = [];
  const misfits: Retyped['misfits'] = [];

  const tables = project.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column): ColumnMapping => {
      const type = newType(column, table.source, isByHand);
      if (type === null) return column;
      if (type !== column.type) {
        changes.push({ table: table.source, column: column.source, from: column.type, to: type });
      }
      return { ...column, type };
    }),
  }));

  function newType(column: ColumnMapping, table: string, byHand: ByHand): string | null {
    const fits = target.types.parse(column.type) !== null;
    const proposal = proposed.get(table)?.get(column.source);
    const hand = byHand(table, column);
    if (hand !== 'yes' && proposal !== undefined && (hand === 'no' || !fits)) return proposal;
    if (!fits && !column.skip) misfits.push({ table, column: column.source, type: column.type });
    return null;
  }

  return {
    project: {
      ...withoutRules(project),
      ...(typeRules.length > 0 ? { typeRules: [...typeRules] } : {}),
      tables,
      ...(project.seen ? { seen: proposedAnew(project.seen, proposed) } : {}),
    },
    changes,
    misfits,
    idleRules: typeRules.filter(({ type }) => target.types.parse(type) === null),
  };
}

/** What was seen stays: to propose types is not to accept what has changed. */
function proposedAnew(seen: Seen, proposed: ReadonlyMap<string, ReadonlyMap<string, string>>): Seen {
  return {
    ...seen,
    source: seen.source.map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => {
        const type = proposed.get(name)?.get(column.name);
        return type === undefined ? column : { ...column, proposed: type };
      }),
    })),
  };
}

function withoutRules({ typeRules: _, ...project }: Project): Project {
  return project;
}
