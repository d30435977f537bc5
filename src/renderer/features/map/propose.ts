// A source column that is not mapped gets the name and type that automatic mapping would give it.

import type { TableMapping } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { projectStore } from '../../client/stores/project.ts';
import { endpointOf } from '../../client/stores/sides.ts';
import { known } from './known.ts';
import { doEdit } from './mapping.ts';
import { addColumn } from './model/edits.ts';
import { select } from './selection.ts';

export async function proposeColumn(table: string, mapping: TableMapping, source: string): Promise<void> {
  const { project } = projectStore.getState();
  if (!project) return;
  known.setState({ adding: { state: 'asking' } });
  try {
    const made = await engine.call('map', {
      source: endpointOf('source'),
      target: endpointOf('target'),
      name: project.name,
      naming: project.naming,
      ...(project.typeRules ? { typeRules: project.typeRules } : {}),
      tables: [mapping.source],
    });
    const column = made.tables[0]?.columns.find((each) => each.source === source);
    if (column) doEdit(addColumn(table, column));
    known.setState({ adding: null });
    select(table, source);
  } catch (thrown) {
    known.setState({ adding: { state: 'failed', error: failureOf(thrown) } });
  }
}
