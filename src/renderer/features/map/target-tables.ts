// Tables of the target that steps, rules and keys may speak of: those that this mapping makes, and those that stand there.

import { useEffect, useMemo } from 'react';
import { tableOf } from '../../client/stores/catalogs.ts';
import { projectStore } from '../../client/stores/project.ts';
import { useFrom } from '../../client/use-from.ts';
import { known } from './known.ts';
import { useTarget } from './mapping.ts';
import { columnsInTarget, tablesOfTarget } from './model/target-names.ts';

/** Their names: first those that move. */
export function useTargetTables(): readonly string[] {
  const tables = useFrom(projectStore, ({ project }) => project?.tables ?? null);
  const target = useTarget();
  return useMemo(() => tablesOfTarget(tables ?? [], target), [tables, target]);
}

/** Columns of one of them; null while they are not known, or no table is named. */
export function useTargetColumns(table: string | null): readonly string[] | null {
  const moving = useFrom(
    projectStore,
    ({ project }) => project?.tables.find(({ target, skip }) => target === table && !skip) ?? null,
  );
  const standing = useFrom(known, ({ standing: all }) => (table === null ? undefined : all.get(table)));
  const isThere = moving !== null;
  useEffect(() => {
    if (table !== null && table !== '' && !isThere) void askStanding(table);
  }, [table, isThere]);
  return useMemo(() => (moving ? columnsInTarget(moving) : (standing ?? null)), [moving, standing]);
}

async function askStanding(table: string): Promise<void> {
  if (known.getState().standing.has(table)) return;
  try {
    const { columns } = await tableOf('target', table);
    const names = columns.map(({ name }) => name);
    known.setState(({ standing }) => ({ standing: new Map(standing).set(table, names) }));
  } catch {
    // The plan tells that there is no such table.
  }
}
