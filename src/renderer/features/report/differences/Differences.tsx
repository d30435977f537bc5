// What is not the same on both sides, from table to key to column; values stay masked until they are wanted.

import { useMemo, useState } from 'react';
import type { Report, TableReport } from '../../../../shared/model/report.ts';
import { useFrom } from '../../../client/use-from.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import classes from '../report.module.css';
import { reporting } from '../report-store.ts';
import { tableName } from '../words.ts';
import { cellColumns, rowColumns, tableColumns } from './difference-columns.tsx';
import { cellKey, rowKey, rowsOf } from './differing-rows.ts';
import { ShowValues } from './ShowValues.tsx';

const tableKey = ({ target }: TableReport): string => target;

export function Differences({ report }: { readonly report: Report }): React.JSX.Element {
  const tables = useMemo(() => report.tables.filter(({ differences }) => differences.length > 0), [report]);
  const [chosen, setChosen] = useState(tables[0]?.target ?? null);
  const table = tables.find(({ target }) => target === chosen) ?? tables[0];
  if (!table) return <Nothing report={report} />;
  return (
    <Split name="the tables that differ" sized="first" initial={216} min={160} max={480}>
      <DataGrid
        label="Tables with differences"
        columns={tableColumns}
        rows={tables}
        keyOf={tableKey}
        selected={table.target}
        onSelect={(each) => setChosen(tableKey(each))}
      />
      <Rows key={table.target} table={table} />
    </Split>
  );
}

function Nothing({ report }: { readonly report: Report }): React.JSX.Element {
  if (report.tables.every(({ equal }) => equal)) {
    return (
      <EmptyState title={report.tables.length > 0 ? 'No row differs' : 'No rows were compared'}>
        {report.tables.length > 0
          ? 'Counts and checksums of every table were the same on both sides.'
          : 'The run ended before any row was read back from the target.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No differing row is listed">
      Something else than a row differs; the Evidence tells what, table by table.
    </EmptyState>
  );
}

function Rows({ table }: { readonly table: TableReport }): React.JSX.Element {
  const shown = useFrom(reporting, (state) => state.valuesShown);
  const rows = useMemo(() => rowsOf(table), [table]);
  const [chosen, setChosen] = useState(rows[0] ? rowKey(rows[0]) : null);
  const row = rows.find((each) => rowKey(each) === chosen);
  const cells = useMemo(() => cellColumns(shown), [shown]);
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <ShowValues />
        <span className="quiet">
          {shown ? 'Values of this report are shown. ' : 'Values are masked; keys and columns are not. '}
          {table.differencesCut ? `There are more differences in ${tableName(table)} than listed.` : ''}
        </span>
      </div>
      <div className={classes.rest}>
        <Split name="the differing columns" sized="second" initial={448} min={240} max={720}>
          <DataGrid
            label={`Rows that differ in ${tableName(table)}`}
            columns={rowColumns}
            rows={rows}
            keyOf={rowKey}
            selected={chosen}
            onSelect={(each) => setChosen(rowKey(each))}
          />
          <DataGrid
            label="Columns that differ in the chosen row"
            columns={cells}
            rows={row?.cells ?? []}
            keyOf={cellKey}
            empty={row ? wholeRow[row.kind] : 'Choose a row.'}
          />
        </Split>
      </div>
    </div>
  );
}

const wholeRow = {
  missing: 'The whole row is missing in the target.',
  extra: 'The whole row is in the target only.',
  changed: 'Its checksum differs.',
} as const;
