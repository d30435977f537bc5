// Views, triggers, routines and whatever else Drover lists and leaves where it is.

import type { Side } from '../../../../shared/contract.ts';
import type { NamedObject } from '../../../../shared/model/catalog.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import classes from './list.module.css';

const columns: readonly GridColumn<NamedObject>[] = [
  { id: 'kind', header: 'Kind', width: 144, value: ({ kind }) => kind },
  { id: 'name', header: 'Name', width: 320, mono: true, value: ({ name }) => name },
  { id: 'table', header: 'Table', width: 240, mono: true, value: ({ table }) => table },
];

const keyOf = ({ kind, name, table }: NamedObject): string => `${kind} ${table ?? ''} ${name}`;

export function NotCarried({
  side,
  overview: { objects },
}: {
  readonly side: Side;
  readonly overview: Overview;
}): React.JSX.Element {
  if (objects.length === 0) {
    return (
      <EmptyState title="Tables, and nothing else">
        There is no view, trigger, routine or other object in the {side} that would not be carried.
      </EmptyState>
    );
  }
  return (
    <div className={classes.list}>
      <div className={classes.tools}>
        <span className="quiet">
          {side === 'source'
            ? 'Drover carries tables with their keys, indexes and checks. These stay behind; make them anew in the target.'
            : 'These stand in the target beside its tables. Drover leaves them as they are.'}
        </span>
      </div>
      <div className={classes.grid}>
        <DataGrid label={`Other objects of the ${side}`} columns={columns} rows={objects} keyOf={keyOf} />
      </div>
    </div>
  );
}
