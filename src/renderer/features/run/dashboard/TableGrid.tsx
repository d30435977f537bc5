// The table of tables: what each does, how far, how fast, how long.

import { useMemo, useState } from 'react';
import { about, count, duration } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { type Mark, StateMark } from '../../../ui/state/StateMark.tsx';
import { useLostSince } from '../lost.ts';
import { stateWords, type TableRow, tableRows } from '../model/tables.ts';
import { useSampled } from '../use-sampled.ts';
import classes from './dashboard.module.css';

/** Thousands of tables are put in order each time: then once a second is too often. */
const FEW = 1000;
const FEW_MS = 1000;
const MANY_MS = 2000;

export function TableGrid(): React.JSX.Element {
  const isMany = useFrom(runStore, ({ progress }) => progress.tables.size > FEW);
  const progress = useSampled(runStore, progressOf, isMany ? MANY_MS : FEW_MS);
  const lost = useLostSince() !== null;
  const rows = useMemo(() => tableRows(progress, lost), [progress, lost]);
  const [selected, select] = useState<string | null>(null);
  return (
    <div className={classes.tables}>
      <DataGrid
        label="Tables of the run"
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        selected={selected}
        onSelect={({ name }) => select(name)}
        remember="run-tables"
      />
    </div>
  );
}

function progressOf({ progress }: RunState): RunState['progress'] {
  return progress;
}

const keyOf = ({ name }: TableRow): string => name;

const marks: Readonly<Record<TableRow['state'], Mark>> = {
  'rolled back': 'undone',
  stopped: 'paused',
  unknown: 'warned',
  waiting: 'todo',
  loading: 'busy',
  loaded: 'noted',
  indexing: 'busy',
  verifying: 'busy',
  verified: 'proved',
  different: 'blocked',
  failed: 'blocked',
  'left out': 'warned',
};

const none = <span className="quiet">–</span>;

const columns: readonly GridColumn<TableRow>[] = [
  { id: 'name', header: 'Table', value: ({ name }) => name, width: 196, mono: true },
  {
    id: 'state',
    header: 'State',
    value: ({ state }) => stateWords(state),
    cell: ({ state }) => <StateMark mark={marks[state]}>{stateWords(state)}</StateMark>,
    width: 144,
  },
  {
    id: 'done',
    header: 'Done',
    value: ({ fraction }) => Math.floor(fraction * 100),
    cell: ({ fraction }) => (
      <span className={classes.small}>
        <span className={classes.smallBar}>
          <span className={classes.filled} style={{ transform: `scaleX(${fraction})` }} />
        </span>
        {Math.floor(fraction * 100)} %
      </span>
    ),
    width: 132,
    mono: true,
  },
  {
    id: 'rows',
    header: 'Rows',
    value: ({ rows }) => rows,
    cell: ({ rows, total, exact }) => `${count(rows)} / ${exact ? count(total) : about(total)}`,
    width: 196,
    align: 'right',
    mono: true,
  },
  {
    id: 'rate',
    header: 'Rows/s',
    value: ({ rowsPerSecond }) => rowsPerSecond,
    cell: ({ rowsPerSecond }) => (rowsPerSecond === null ? none : count(rowsPerSecond)),
    width: 100,
    align: 'right',
    mono: true,
  },
  {
    id: 'time',
    header: 'Elapsed',
    value: ({ seconds }) => seconds,
    cell: ({ seconds }) => (seconds === null ? none : duration(seconds)),
    width: 96,
    align: 'right',
    mono: true,
  },
];
