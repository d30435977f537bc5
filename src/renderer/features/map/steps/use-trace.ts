// What each step makes of a few real rows, asked anew whenever the steps or the filter are others.

import { useMemo } from 'react';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import type { Trace } from '../../../../shared/model/preview.ts';
import type { Transform } from '../../../../shared/model/transform.ts';
import { engine } from '../../../client/engine.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { withLookedInto } from '../model/lookups.ts';
import { type Latest, useLatest } from '../use-latest.ts';

const ROWS = 5;
const PAUSE_MS = 250;

export interface Traced {
  readonly steps: readonly Transform[];
  readonly rows: Trace['rows'];
}

/** Of the column at this place among those of the table, as if it had these steps. */
export function useTrace(of: TableMapping, place: number, steps: readonly Transform[]): Latest<Traced> {
  const question = useMemo(
    () => (steps.length === 0 ? null : (signal: AbortSignal) => traceOf(of, place, steps, signal)),
    [of, place, steps],
  );
  return useLatest(question, PAUSE_MS);
}

/** Of the project only this table matters, and those that it looks into; of a column that is left out, what it would be. */
async function traceOf(
  of: TableMapping,
  place: number,
  steps: readonly Transform[],
  signal: AbortSignal,
): Promise<Traced> {
  const { project } = projectStore.getState();
  const column = of.columns[place];
  if (!project || !column) throw new Error('no such column in the project');
  const taken = { ...column, skip: false, steps: [...steps] };
  const asked = {
    project: { ...project, tables: withLookedInto(project.tables, { ...of, columns: of.columns.with(place, taken) }) },
    source: endpointOf('source'),
    target: endpointOf('target'),
    table: { source: of.source, target: of.target },
    column: { source: column.source, target: column.target },
    limit: ROWS,
  };
  const { rows } = await engine.call('map.trace', asked, signal);
  return { steps, rows };
}
