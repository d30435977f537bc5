// Rows that did not move: which, why, and what was read of the chosen one.

import { Button, Select } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { count, many } from '../../../../shared/format.ts';
import type { QuarantinedRow, QuarantinePage, QuarantineQuery } from '../../../../shared/model/quarantine.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { RunSummary } from '../../../../shared/model/run.ts';
import { quarantineValues } from '../../../../shared/report-values.ts';
import { engine } from '../../../client/engine.ts';
import { go } from '../../../client/stores/navigation.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { isMappingOf } from '../../../client/stores/retry.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { type PagedColumn, PagedGrid, type PageQuery } from '../../../ui/grid/PagedGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { MASK } from '../differences/difference-columns.tsx';
import { ShowValues } from '../differences/ShowValues.tsx';
import frame from '../report.module.css';
import { reporting } from '../report-store.ts';
import { useFailure } from '../use-failure.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { RetryButton } from './RetryButton.tsx';

type RowKey = QuarantineQuery['sort'][number]['by'];

interface Placed extends QuarantinedRow {
  /** Rows without a key look alike: each has the place where it stands in this order. */
  readonly place: string;
}

interface Found extends Pick<QuarantinePage, 'tables' | 'total'> {}

export interface QuarantineProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function Quarantine({ report, summary }: QuarantineProps): React.JSX.Element {
  const { run } = report;
  const [table, setTable] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [row, setRow] = useState<Placed | null>(null);
  const [error, setError] = useFailure();
  const fetch = useCallback(
    async (query: PageQuery<RowKey>) => {
      const { tables, total, rows } = await engine.call('run.quarantine', {
        run,
        table,
        ...query,
        sort: [...query.sort],
      });
      setFound((before) => (before?.total === total ? before : { tables, total }));
      const order = JSON.stringify([table, query.sort]);
      return { total, rows: rows.map((each, i): Placed => ({ ...each, place: `${order} ${query.offset + i}` })) };
    },
    [run, table],
  );
  if (found && found.tables.length === 0) {
    return (
      <EmptyState title="Nothing is in quarantine">
        Rows that a step, a rule or the target’s type refuses are kept aside here, where the project says so.
      </EmptyState>
    );
  }
  return (
    <Split name="a row in quarantine" sized="second" initial={400} min={280} max={720}>
      <div className={frame.column}>
        <div className={`${frame.tools} ${frame.wrapping}`}>
          <Select
            w={152}
            aria-label="Table"
            data={(found?.tables ?? []).map((each) => ({
              value: each.table,
              label: `${each.table} (${countsOf(each)})`,
            }))}
            placeholder="All tables"
            value={table}
            onChange={setTable}
            clearable
            searchable
          />
          <ShowValues />
          <span className="quiet" role="status">
            {found ? totalOf(found.tables, table) : ''}
          </span>
          <span className={frame.apart} />
          <ExportMenu report={report} table={table} onError={setError} />
          {summary?.state === 'published' && found && openIn(found.tables, table) > 0 ? (
            <RetryButton report={report} table={table} rows={openIn(found.tables, table)} onError={setError} />
          ) : null}
        </div>
        {error ? <ErrorNote error={error} /> : null}
        <div className={frame.rest}>
          <PagedGrid
            label="Rows in quarantine"
            columns={columns}
            fetch={fetch}
            keyOf={keyOf}
            selected={row ? keyOf(row) : null}
            onSelect={setRow}
            onError={setError}
            remember="report.quarantine"
            empty="None."
          />
        </div>
      </div>
      {row ? <Values row={row} report={report} /> : null}
    </Split>
  );
}

type Counts = QuarantinePage['tables'][number];

/** "1,403, 12 resolved" */
function countsOf({ rows, resolved }: Pick<Counts, 'rows' | 'resolved'>): string {
  return `${count(rows)}${resolved > 0 ? `, ${count(resolved)} resolved` : ''}`;
}

function totalOf(tables: readonly Counts[], table: string | null): string {
  const shown = tables.filter((each) => table === null || each.table === table);
  const rows = shown.reduce((sum, each) => sum + each.rows, 0);
  const resolved = shown.reduce((sum, each) => sum + each.resolved, 0);
  return `${many(rows, 'row')}${resolved > 0 ? `, ${count(resolved)} resolved` : ''}`;
}

function openIn(tables: readonly Counts[], table: string | null): number {
  return tables
    .filter((each) => table === null || each.table === table)
    .reduce((sum, { rows, resolved }) => sum + rows - resolved, 0);
}

interface ValueLine {
  readonly column: string;
  readonly value: string | null;
}

interface ValuesProps {
  readonly row: QuarantinedRow;
  readonly report: ReportOverview;
}

function Values({ row, report }: ValuesProps): React.JSX.Element {
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
      <div className={`${frame.tools} ${frame.wrapping}`}>
        {row.resolvedBy === null ? (
          <StateMark mark="warned">
            {row.column}: {row.reason}
          </StateMark>
        ) : (
          <StateMark mark="proved">
            resolved by run <span className="mono">{row.resolvedBy}</span>
          </StateMark>
        )}
        <Mend row={row} report={report} />
      </div>
      <div className={frame.rest}>
        <DataGrid label="Values of the row" columns={columnsOfRow} rows={lines} keyOf={keyOfLine} />
      </div>
    </aside>
  );
}

/** Only where the mapping of that run is open. */
function Mend({ row: { table, source: from, column }, report }: ValuesProps): React.JSX.Element | null {
  const source = useFrom(projectStore, ({ project }) =>
    isMappingOf(project, report)
      ? (project?.tables.find((each) => each.target === table && !each.skip && (from ?? each.source) === each.source)
          ?.source ?? null)
      : null,
  );
  if (source === null) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      style={{ flex: 'none', marginLeft: 'auto' }}
      onClick={() => go({ at: 'map', table: source, column })}
    >
      Mend the mapping
    </Button>
  );
}

const keyOfLine = ({ column }: ValueLine): string => column;
const keyOf = ({ place }: Placed): string => place;

const columns: readonly PagedColumn<Placed, RowKey>[] = [
  { id: 'table', header: 'Table', width: 144, mono: true, value: quarantineValues.table },
  { id: 'source', header: 'From', width: 144, mono: true, value: quarantineValues.source },
  { id: 'key', header: 'Key', width: 160, mono: true, value: quarantineValues.key },
  { id: 'column', header: 'Column', width: 136, mono: true, value: quarantineValues.column },
  { id: 'step', header: 'Refused by', width: 144, value: quarantineValues.step },
  { id: 'reason', header: 'Reason', width: 280, value: quarantineValues.reason },
  {
    id: 'resolved',
    header: 'Since then',
    width: 216,
    sortable: false,
    value: ({ resolvedBy }) => (resolvedBy === null ? '' : `resolved by run ${resolvedBy}`),
    cell: ({ resolvedBy }) =>
      resolvedBy === null ? '' : <StateMark mark="proved">resolved by run {resolvedBy}</StateMark>,
  },
];
