// Rows that did not move: which, why, and what was read of the chosen one.

import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { count, many } from '../../../../shared/format.ts';
import type { QuarantinedRow } from '../../../../shared/model/quarantine.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { MASK } from '../differences/difference-columns.tsx';
import { ShowValues } from '../differences/ShowValues.tsx';
import frame from '../report.module.css';
import { reporting } from '../report-store.ts';
import { useQuarantine } from './use-quarantine.ts';

interface Placed extends QuarantinedRow {
  /** Rows without a key look alike. */
  readonly place: number;
}

export function Quarantine({ run }: { readonly run: string }): React.JSX.Element {
  const [table, setTable] = useState<string | null>(null);
  return <Rows key={table} run={run} table={table} onTable={setTable} />;
}

interface RowsProps {
  readonly run: string;
  readonly table: string | null;
  readonly onTable: (table: string | null) => void;
}

function Rows({ run, table, onTable }: RowsProps): React.JSX.Element {
  const { tables, rows, total, error, reading, more } = useQuarantine(run, table);
  const [chosen, setChosen] = useState<string | null>(null);
  const placed = useMemo((): Placed[] => rows.map((row, place) => ({ ...row, place })), [rows]);
  const row = placed.find((each) => keyOf(each) === chosen);
  if (error) return <ErrorNote error={error} />;
  if (!reading && total === 0) {
    return (
      <EmptyState title="Nothing is in quarantine">
        Rows that a step or the target’s type refuses are kept aside here, where the project says so.
      </EmptyState>
    );
  }
  return (
    <Split name="a row in quarantine" sized="second" initial={400} min={280} max={720}>
      <div className={frame.column}>
        <div className={frame.tools}>
          <Select
            aria-label="Table"
            data={tables.map((each) => ({ value: each.table, label: `${each.table} (${count(each.rows)})` }))}
            placeholder="All tables"
            value={table}
            onChange={onTable}
            clearable
            searchable
          />
          <ShowValues />
          <span className="quiet" role="status">
            {rows.length < total ? `${count(rows.length)} of ` : ''}
            {many(total, 'row')}
          </span>
          {rows.length < total ? (
            <Button size="compact-xs" variant="default" onClick={more} loading={reading}>
              Read more
            </Button>
          ) : null}
        </div>
        <div className={frame.rest}>
          <DataGrid
            label="Rows in quarantine"
            columns={columns}
            rows={placed}
            keyOf={keyOf}
            selected={chosen}
            onSelect={(each) => setChosen(keyOf(each))}
            remember="report.quarantine"
            empty={reading ? 'Reading…' : 'None.'}
          />
        </div>
      </div>
      {row ? <Values row={row} /> : null}
    </Split>
  );
}

interface ValueLine {
  readonly column: string;
  readonly value: string | null;
}

function Values({ row }: { readonly row: QuarantinedRow }): React.JSX.Element {
  const shown = useFrom(reporting, (state) => state.valuesShown);
  const lines = useMemo(
    (): ValueLine[] => Object.entries(row.values).map(([column, value]) => ({ column, value })),
    [row],
  );
  const columnsOfRow = useMemo((): GridColumn<ValueLine>[] => {
    const text = (value: string | null) => (value === null ? 'NULL' : shown ? value : MASK);
    return [
      { id: 'column', header: 'Column', width: 168, mono: true, value: ({ column }) => column },
      { id: 'value', header: 'As it was read', width: 320, mono: true, value: ({ value }) => text(value) },
    ];
  }, [shown]);
  return (
    <aside className={frame.column} aria-label="The row as it was read">
      <div className={frame.tools}>
        <StateMark mark="warned">
          {row.column}: {row.reason}
        </StateMark>
      </div>
      <div className={frame.rest}>
        <DataGrid label="Values of the row" columns={columnsOfRow} rows={lines} keyOf={keyOfLine} />
      </div>
    </aside>
  );
}

const keyOfLine = ({ column }: ValueLine): string => column;
const keyOf = ({ place }: Placed): string => String(place);

const columns: readonly GridColumn<Placed>[] = [
  { id: 'table', header: 'Table', width: 144, mono: true, value: ({ table }) => table },
  {
    id: 'key',
    header: 'Key',
    width: 160,
    mono: true,
    value: ({ key }) =>
      Object.entries(key)
        .map(([name, value]) => `${name} = ${value ?? 'NULL'}`)
        .join(', '),
  },
  { id: 'column', header: 'Column', width: 136, mono: true, value: ({ column }) => column },
  { id: 'step', header: 'Refused by', width: 112, value: ({ step }) => step ?? 'the type' },
  { id: 'reason', header: 'Reason', width: 360, value: ({ reason }) => reason },
];
