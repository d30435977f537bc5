// What is not the same on both sides, from table to key to column; values stay masked until they are wanted.

import { useCallback, useMemo, useState } from 'react';
import type { TableReport } from '../../../../shared/model/report.ts';
import type { ReportOverview, TableLine } from '../../../../shared/model/report-page.ts';
import { tableName } from '../../../../shared/report-values.ts';
import { engine } from '../../../client/engine.ts';
import { useFrom } from '../../../client/use-from.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { PagedGrid, type PageQuery } from '../../../ui/grid/PagedGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import classes from '../report.module.css';
import { reporting } from '../report-store.ts';
import { useFailure } from '../use-failure.ts';
import { useTable } from '../use-table.ts';
import { cellColumns, rowColumns, tableColumns } from './difference-columns.tsx';
import { cellKey, rowKey, rowsOf } from './differing-rows.ts';
import { ShowValues } from './ShowValues.tsx';

const tableKey = ({ target }: TableLine): string => target;

export function Differences({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const { run } = report;
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useFailure();
  const fetch = useCallback(
    async (query: PageQuery<'table' | 'differences'>) => {
      const page = await engine.call('report.tables', {
        run,
        name: '',
        only: 'with differences',
        ...query,
        sort: [...query.sort],
      });
      setChosen((before) => before ?? page.rows[0]?.target ?? null);
      return page;
    },
    [run],
  );
  if (report.tables.withDifferences === 0) return <Nothing report={report} />;
  return (
    <Split name="the tables that differ" sized="first" initial={216} min={160} max={480}>
      {error ? (
        <ErrorNote error={error} />
      ) : (
        <PagedGrid
          label="Tables with differences"
          columns={tableColumns}
          fetch={fetch}
          keyOf={tableKey}
          selected={chosen}
          onSelect={(each) => setChosen(tableKey(each))}
          onError={setError}
        />
      )}
      {chosen === null ? null : <DifferencesOf key={chosen} run={run} name={chosen} />}
    </Split>
  );
}

function Nothing({ report: { tables } }: { readonly report: ReportOverview }): React.JSX.Element {
  if (tables.unequal === 0) {
    return (
      <EmptyState title={tables.count > 0 ? 'No row differs' : 'No rows were compared'}>
        {tables.count > 0
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

function DifferencesOf({ run, name }: { readonly run: string; readonly name: string }): React.JSX.Element | null {
  const { table, error } = useTable(run, name);
  if (error) return <ErrorNote error={error} />;
  return table ? <Rows table={table} /> : null;
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
