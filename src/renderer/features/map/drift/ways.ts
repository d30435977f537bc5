// What can be done about a difference: each way keeps everything that was mapped, and can be undone.

import {
  acknowledge,
  leaveOutColumn,
  leaveOutTable,
  readColumnFrom,
  readTableFrom,
  takeColumn,
  takeType,
} from '../../../../shared/drift-edits.ts';
import type { Difference, Drift } from '../../../../shared/model/drift.ts';
import type { Project, TableMapping } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { change, projectStore } from '../../../client/stores/project.ts';
import { endpointOf } from '../../../client/stores/sides.ts';

export interface Way {
  readonly words: string;
  /** What a person who can't see the row hears. */
  readonly label: string;
  readonly act: () => Promise<void> | void;
}

export function waysOf(difference: Difference, drift: Drift): Way[] {
  const { kind, side, table, column, mapped, candidates } = difference;
  const name = column === null ? table : `${table}.${column}`;
  const way = (words: string, act: Way['act']): Way => ({ words, label: `${words}: ${name}`, act });
  const edit = (what: string, of: (project: Project) => Project) => change(what, of);
  const settle = (project: Project) => acknowledge(project, difference, drift);
  const accept = way('Accept', () => edit(`Accept what changed in ${name}`, settle));

  if (side === 'target' || !['gone', 'new', 'retyped'].includes(kind)) return [accept];
  if (kind === 'gone') {
    if (!mapped) return [accept];
    return [
      ...candidates.map((to) =>
        way(`Read ${to}`, () =>
          edit(`Read ${name} from ${to}`, (project) =>
            column === null ? readTableFrom(project, table, to) : readColumnFrom(project, table, column, to),
          ),
        ),
      ),
      way('Leave out', () =>
        edit(`Leave out ${name}`, (project) =>
          settle(column === null ? leaveOutTable(project, table) : leaveOutColumn(project, table, column)),
        ),
      ),
    ];
  }
  if (kind === 'retyped') {
    if (!mapped || column === null) return [accept];
    return [
      way(`Keep ${mapped.type}`, () => edit(`Keep the type of ${name}`, settle)),
      way('Propose anew', async () => {
        const type = (await proposed(table))?.columns.find((each) => each.source === column)?.type;
        if (type !== undefined)
          edit(`Give ${name} the type ${type}`, (project) => settle(takeType(project, table, column, type)));
      }),
    ];
  }
  const take = async (skip: boolean): Promise<void> => {
    const made = await proposed(table);
    const found = made?.columns.find((each) => each.source === column);
    if (!made) return;
    edit(`${skip ? 'Leave out' : 'Take over'} ${name}`, (project) =>
      settle(
        column === null
          ? { ...project, tables: [...project.tables, skip ? { ...made, skip } : made] }
          : found
            ? takeColumn(project, table, skip ? { ...found, skip } : found)
            : project,
      ),
    );
  };
  return [way('Take over', () => take(false)), column === null ? accept : way('Leave out', () => take(true))];
}

/** All of it: the project as mapped against both databases as they are now. */
export async function acceptAll(): Promise<void> {
  const { project } = projectStore.getState();
  if (!project) return;
  const after = await engine.call('map.accept', {
    project,
    source: endpointOf('source'),
    target: endpointOf('target'),
  });
  change('Accept both databases as they are now', (now) =>
    now === project
      ? { ...now, source: after.source, target: after.target, ...(after.seen ? { seen: after.seen } : {}) }
      : now,
  );
}

/** The table as automatic mapping would map it now. */
async function proposed(table: string): Promise<TableMapping | null> {
  const { project } = projectStore.getState();
  if (!project) return null;
  const made = await engine.call('map', {
    source: endpointOf('source'),
    target: endpointOf('target'),
    name: project.name,
    naming: project.naming,
    ...(project.typeRules ? { typeRules: project.typeRules } : {}),
    tables: [table],
  });
  return made.tables[0] ?? null;
}
