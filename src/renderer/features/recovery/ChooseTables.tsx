// Which tables of a published run are to be rolled back; those that keys tie to them are chosen with them.

import { Checkbox } from '@mantine/core';
import { useMemo } from 'react';
import type { Returning } from '../../../shared/model/run.ts';
import type { GridColumn } from '../../ui/grid/column.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { companions, obstacle } from './companions.ts';
import classes from './recovery.module.css';

export interface ChooseTablesProps {
  readonly tables: readonly Returning[];
  /** By the person, without those that come along. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

const ROW = 28;
const ROWS_SHOWN = 9;

export function ChooseTables({ tables, chosen, onChange }: ChooseTablesProps): React.JSX.Element {
  const columns = useMemo(() => columnsFor(tables, chosen, onChange), [tables, chosen, onChange]);
  return (
    <div className={classes.grid} style={{ height: (Math.min(tables.length, ROWS_SHOWN) + 1) * ROW + 2 }}>
      <DataGrid
        label="Tables to roll back"
        columns={columns}
        rows={tables}
        keyOf={keyOf}
        onOpen={({ table }) => onChange(toggled(table, tables, chosen))}
      />
    </div>
  );
}

const keyOf = ({ table }: Returning): string => table;

function columnsFor(
  tables: readonly Returning[],
  chosen: ReadonlySet<string>,
  onChange: ChooseTablesProps['onChange'],
): readonly GridColumn<Returning>[] {
  const along = companions(chosen, tables);
  const isIn = (table: string): boolean => chosen.has(table) || along.has(table);
  const fate = (table: Returning): string => {
    if (!isIn(table.table)) return obstacle(table, tables) ?? 'stays';
    return table.replaces ? 'comes back' : 'is removed';
  };
  const because = ({ table }: Returning): string => {
    const tie = along.get(table);
    return tie ? `with ${tie.with}, by the foreign key ${tie.key}` : '';
  };
  return [
    {
      id: 'chosen',
      header: 'Chosen',
      width: 72,
      sortable: false,
      value: ({ table }) => (isIn(table) ? 'chosen' : ''),
      cell: (table) => (
        <Checkbox
          size="xs"
          aria-label={`Roll back ${table.table}`}
          checked={isIn(table.table)}
          disabled={along.has(table.table) || obstacle(table, tables) !== null}
          onChange={() => onChange(toggled(table.table, tables, chosen))}
        />
      ),
    },
    { id: 'table', header: 'Table', width: 200, mono: true, value: ({ table }) => table },
    {
      id: 'fate',
      header: 'What happens',
      width: 280,
      value: fate,
      cell: (table) =>
        isIn(table.table) ? (
          <StateMark mark={table.replaces ? 'undone' : 'blocked'}>{fate(table)}</StateMark>
        ) : (
          <span className="quiet">{fate(table)}</span>
        ),
    },
    { id: 'because', header: 'Comes along', width: 360, value: because },
  ];
}

/** One that comes along stays as long as the other is chosen. */
function toggled(table: string, tables: readonly Returning[], chosen: ReadonlySet<string>): ReadonlySet<string> {
  const found = tables.find((each) => each.table === table);
  if (!found || obstacle(found, tables) !== null) return chosen;
  const others = [...chosen].filter((each) => each !== table);
  if (chosen.has(table) || companions(others, tables).has(table)) return new Set(others);
  return new Set([...chosen, table]);
}
