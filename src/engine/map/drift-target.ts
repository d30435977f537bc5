// Drift of the target: what came, went or changed where the mapping leads.

import { joinedTo } from '../../shared/feeds.ts';
import { many } from '../../shared/format.ts';
import type { Table } from '../../shared/model/catalog.ts';
import type { Difference } from '../../shared/model/drift.ts';
import type { TableMapping } from '../../shared/model/mapping.ts';
import type { SeenColumn } from '../../shared/model/seen.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { nameKey } from '../dialects/names.ts';
import { type DriftSides, sameType, words } from './drift-words.ts';
import { seenTable } from './seen.ts';

/** What stands where the mapping leads, unless it stands there as the mapping itself makes it. */
export function targetDifferences({ project, target, targetDialect }: DriftSides): Difference[] {
  if (!project.seen) return [];
  const can = targetDialect.capabilities(target.server);
  const keyed = (name: string) => nameKey(name, can);
  const seen = new Map(project.seen.target.map((table) => [keyed(table.name), table]));
  const now = new Map(target.tables.map((table) => [keyed(table.name), table]));

  // Whoever only feeds a table has no word on what it is like.
  const joined = joinedTo(project.tables, keyed);

  return project.tables.flatMap((mapping): Difference[] => {
    if (mapping.skip || joined.has(mapping)) return [];
    const was = seen.get(keyed(mapping.target));
    const table = now.get(keyed(mapping.target));
    const replaces = (mapping.mode ?? project.mode ?? 'create') === 'replace';
    const at = { side: 'target' as const, table: table?.name ?? was?.name ?? mapping.target };
    const plain = { mapped: null, candidates: [] };
    if (table && standsAsMapped(table, mapping, targetDialect, keyed)) return [];
    if (!table) {
      if (!was) return [];
      const message = `It is made anew from ${mapping.source}.`;
      return [{ ...at, ...plain, kind: 'gone', severity: 'note', column: null, was: 'table', now: null, message }];
    }
    if (!was) {
      const message = replaces
        ? `It came since. ${mapping.source} would replace it; it is kept as a backup.`
        : `It came since, where ${mapping.source} shall go: it has to be empty, or the mode be replace.`;
      const columns = `table of ${many(table.columns.length, 'column')}`;
      return [{ ...at, ...plain, kind: 'new', severity: 'warning', column: null, was: null, now: columns, message }];
    }
    const columns = seenTable(table).columns;
    const [before, after] = [byName(was.columns, keyed), byName(columns, keyed)];
    const goes = `${mapping.source} replaces the table; as it is it is kept as a backup.`;
    const fate = replaces ? goes : `${mapping.source} shall go there.`;
    return [
      ...was.columns
        .filter(({ name }) => !after.has(keyed(name)))
        .map(
          (each): Difference => ({
            ...at,
            ...plain,
            kind: 'gone',
            severity: 'note',
            column: each.name,
            was: words(each),
            now: null,
            message: fate,
          }),
        ),
      ...columns.flatMap((each): Difference[] => {
        const old = before.get(keyed(each.name));
        if (!old) {
          return [
            {
              ...at,
              ...plain,
              kind: 'new',
              severity: replaces ? 'warning' : 'note',
              column: each.name,
              was: null,
              now: words(each),
              message: fate,
            },
          ];
        }
        if (sameType(old.type, each.type, targetDialect)) return [];
        return [
          {
            ...at,
            ...plain,
            kind: 'retyped',
            severity: 'note',
            column: each.name,
            was: old.type,
            now: each.type,
            message: fate,
          },
        ];
      }),
    ];
  });
}

/** Most likely a run of this very project has made it. */
function standsAsMapped(
  table: Table,
  { columns }: TableMapping,
  dialect: Dialect,
  keyed: (name: string) => string,
): boolean {
  const made = columns.filter(({ skip }) => !skip);
  if (made.length !== table.columns.length) return false;
  const standing = new Map(table.columns.map((column) => [keyed(column.name), column]));
  return made.every(({ target, type }) => {
    const found = standing.get(keyed(target));
    return found !== undefined && dialect.types.parse(type)?.kind === found.logical.kind;
  });
}

function byName(columns: readonly SeenColumn[], keyed: (name: string) => string): ReadonlyMap<string, SeenColumn> {
  return new Map(columns.map((column) => [keyed(column.name), column]));
}
