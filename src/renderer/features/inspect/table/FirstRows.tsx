// The first rows of a table, as text: NULL is told from an empty text.

import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { SampleRows } from '../../../../shared/model/overview.ts';
import { failureOf } from '../../../client/failure.ts';
import { sampleOf } from '../../../client/stores/catalogs.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import classes from './table.module.css';

const ROWS = 50;

interface Row {
  readonly at: number;
  readonly values: readonly (string | null)[];
}

type Asked =
  | { readonly state: 'asking' }
  | { readonly state: 'ready'; readonly sample: SampleRows }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

export function FirstRows({ side, table }: { readonly side: Side; readonly table: string }): React.JSX.Element {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    const looking = new AbortController();
    const { signal } = looking;
    setAsked({ state: 'asking' });
    sampleOf(side, table, ROWS, signal).then(
      (sample) => signal.aborted || setAsked({ state: 'ready', sample }),
      (thrown: unknown) => signal.aborted || setAsked({ state: 'failed', error: failureOf(thrown) }),
    );
    return () => looking.abort();
  }, [side, table, attempt]);

  switch (asked.state) {
    case 'asking':
      return (
        <p className={classes.quietly} role="status">
          Reading the first rows…
        </p>
      );
    case 'failed':
      return (
        <div className={classes.notes}>
          <ErrorNote error={asked.error}>
            <Button size="compact-xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </Button>
          </ErrorNote>
        </div>
      );
    case 'ready':
      return <Sample table={table} sample={asked.sample} />;
  }
}

function Sample({ table, sample }: { readonly table: string; readonly sample: SampleRows }): React.JSX.Element {
  const columns = useMemo(() => sample.columns.map(columnOf), [sample]);
  const rows = useMemo(() => sample.rows.map((values, at) => ({ at, values })), [sample]);
  return (
    <DataGrid
      label={`First rows of ${table}`}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      empty={<span role="status">{table} holds no rows.</span>}
    />
  );
}

const keyOf = ({ at }: Row): string => String(at);

function columnOf(name: string, at: number): GridColumn<Row> {
  return {
    id: name,
    header: name,
    width: 136,
    mono: true,
    value: ({ values }) => values[at] ?? null,
    cell: ({ values }) => {
      const value = values[at];
      if (value === null || value === undefined) return <span className={classes.absent}>NULL</span>;
      if (value === '') return <span className={classes.absent}>empty text</span>;
      return <span title={value}>{value}</span>;
    },
  };
}
