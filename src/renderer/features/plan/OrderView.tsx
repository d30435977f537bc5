// The order of dependency: parents before those that refer to them, cycles by name.

import { useMemo } from 'react';
import { estimateOf } from '../../../shared/feeds.ts';
import { about, list, many } from '../../../shared/format.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { GridColumn } from '../../ui/grid/column.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { cyclesOf, type OrderLine, orderOf } from './model/tables.ts';
import classes from './plan.module.css';

export function OrderView({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const rows = useMemo(() => orderOf(plan), [plan]);
  const cycles = useMemo(() => cyclesOf(plan), [plan]);
  return (
    <div className={classes.view}>
      <div className={classes.words}>
        <p className="quiet">
          Tables that others refer to come first. Rows are loaded largest table first; foreign keys are added when all
          rows are there, so the order of loading breaks none.
        </p>
        {cycles.length === 0 ? null : (
          <StateMark mark="noted">
            {many(cycles.length, 'cycle')}:{' '}
            <span className="mono">
              {list(
                cycles.map((cycle) => cycle.join(' ↔ ')),
                4,
              )}
            </span>
          </StateMark>
        )}
      </div>
      <div className={classes.fill}>
        <DataGrid label="Order of tables" columns={columns} rows={rows} keyOf={keyOf} remember="plan-order" />
      </div>
    </div>
  );
}

const keyOf = ({ table }: OrderLine): string => table.source;

const columns: readonly GridColumn<OrderLine>[] = [
  { id: 'position', header: 'Place', value: ({ position }) => position, width: 72, align: 'right', mono: true },
  { id: 'table', header: 'Table', value: ({ table }) => table.target.name, width: 320, mono: true },
  {
    id: 'refers',
    header: 'Refers to',
    value: ({ refersTo }) => refersTo.join(', '),
    width: 320,
    mono: true,
  },
  {
    id: 'cycle',
    header: 'In a cycle with',
    value: ({ cycle }) => cycle.join(', '),
    cell: ({ cycle }) => (cycle.length === 0 ? null : <StateMark mark="noted">{list(cycle, 4)}</StateMark>),
    width: 220,
  },
  {
    id: 'rows',
    header: '≈ Rows',
    value: ({ table }) => estimateOf(table).rows,
    cell: ({ table }) => about(estimateOf(table).rows),
    width: 120,
    align: 'right',
    mono: true,
  },
];
