// What the mapping makes of a few real rows, asked anew after every edit.

import { useMemo } from 'react';
import { many } from '../../../../shared/format.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../map.module.css';
import { useSelected } from '../mapping.ts';
import { byKey } from '../model/keys.ts';
import { withLookedInto } from '../model/lookups.ts';
import { selection } from '../selection.ts';
import { useLatest } from '../use-latest.ts';
import { PreviewGrid } from './PreviewGrid.tsx';

const ROWS = 20;
const PAUSE_MS = 250;

export function PreviewPane(): React.JSX.Element | null {
  const selected = useSelected();
  return selected ? <Rows key={selected.key} mapping={selected.mapping} /> : null;
}

function Rows({ mapping }: { readonly mapping: TableMapping }): React.JSX.Element {
  const moves = mapping.columns.some(({ skip }) => !skip);
  const question = useMemo(
    () => (moves ? (signal: AbortSignal) => previewOf(mapping, signal) : null),
    [mapping, moves],
  );
  const { value, error, asking } = useLatest(question, PAUSE_MS);
  const column = useFrom(selection, (state) => state.column);
  const target = column === null ? null : (byKey(mapping.columns, column)?.target ?? null);
  return (
    <section className={classes.preview} aria-label="Sample rows">
      <div className={classes.previewHead}>
        <h2>Before → after</h2>
        <span className="quiet">
          {value && !error
            ? `${many(value.rows.length, 'sample row')} of ${mapping.source}; not every value was looked at`
            : ''}
        </span>
        {asking ? <StateMark mark="busy">Reading</StateMark> : null}
      </div>
      {error ? (
        <div className={classes.failure}>
          <ErrorNote error={error} />
        </div>
      ) : null}
      {moves ? null : <p className={`quiet ${classes.nothing}`}>Every column of {mapping.source} is left out.</p>}
      {value && !error ? <PreviewGrid preview={value} chosen={target} /> : null}
    </section>
  );
}

/** Of the project only this table matters, and those that its steps look into. */
async function previewOf(mapping: TableMapping, signal: AbortSignal) {
  const { project } = projectStore.getState();
  if (!project) throw new Error('no project is open');
  const asked = {
    project: { ...project, tables: withLookedInto(project.tables, mapping) },
    source: endpointOf('source'),
    target: endpointOf('target'),
    table: { source: mapping.source, target: mapping.target },
    limit: ROWS,
  };
  return engine.call('map.preview', asked, signal);
}
