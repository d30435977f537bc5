// A column of the source that is in nobody's mapping: what it is, and how it is taken in.

import { Button } from '@mantine/core';
import type { Column } from '../../../../shared/model/catalog.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { known } from '../known.ts';
import classes from '../map.module.css';
import { useIssues } from '../mapping.ts';
import { proposeColumn } from '../propose.ts';
import { Findings } from './Findings.tsx';

export interface UnmappedInspectorProps {
  readonly table: string;
  readonly column: string;
  readonly of: TableMapping;
  readonly facts: Column | null;
}

export function UnmappedInspector({ table, column, of, facts }: UnmappedInspectorProps): React.JSX.Element {
  const findings = useIssues()(of.source, column);
  const adding = useFrom(known, (state) => state.adding);
  return (
    <section className={classes.part} aria-label={`Column ${table}.${column}`}>
      <h2 className="mono ellipsis">{column}</h2>
      <p className="quiet">
        This column {facts ? <span className="mono">({facts.native})</span> : null} is not in the mapping: its values
        stay in the source.
      </p>
      <Findings findings={findings} />
      {adding?.state === 'failed' ? <ErrorNote error={adding.error} /> : null}
      <Button
        variant="default"
        loading={adding?.state === 'asking'}
        onClick={() => void proposeColumn(table, of, column)}
      >
        Add it to the target
      </Button>
    </section>
  );
}
