// What is read in place of a table: a SELECT, and the columns that tell its rows apart.

import { useMemo } from 'react';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { describeMapping } from '../describe.ts';
import { ColumnsInput } from '../fields/ColumnsInput.tsx';
import { SqlField } from '../fields/SqlField.tsx';
import { useSource } from '../known.ts';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import { setQuery, setRowKey } from '../model/uses.ts';
import { useLatest } from '../use-latest.ts';

const CHECK_AFTER_MS = 350;

export interface QueryFieldProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly query: string;
}

export function QueryField({ table, mapping, query }: QueryFieldProps): React.JSX.Element {
  return (
    <SqlField
      label="SELECT that is read in place of a table"
      name={`SELECT of ${table}`}
      value={query}
      onKeep={(sql) => doEdit(setQuery(table, sql))}
      hint={(draft) => <QueryCheck name={mapping.source} sql={draft} />}
    />
  );
}

/** For a view or a SELECT: no key of their own says which rows are which. */
export function RowKeyField({ table, mapping }: Omit<QueryFieldProps, 'query'>): React.JSX.Element {
  const source = useSource(mapping);
  return (
    <ColumnsInput
      label="Columns that tell its rows apart"
      description="For new keys, rehearsals and the list of differences; without, it is read in one go."
      placeholder="None"
      columns={source?.columns.map(({ name }) => name) ?? []}
      value={mapping.rowKey ?? []}
      onChange={(columns) => doEdit(setRowKey(table, columns))}
    />
  );
}

interface QueryCheckProps {
  readonly name: string;
  readonly sql: string;
  readonly onColumns?: (columns: readonly string[]) => void;
}

/** The columns that the SELECT gives, or what the source says against it. */
export function QueryCheck({ name, sql }: QueryCheckProps): React.JSX.Element {
  const { value, error, asking } = useQuery(name, sql);
  if (sql.trim() === '') return <div className={`quiet ${classes.hint}`}>SQL, as the source writes it.</div>;
  if (error && !asking) return <ErrorNote error={error} />;
  if (!value || asking)
    return (
      <div className={classes.hint}>
        <StateMark mark="busy">Asking the source</StateMark>
      </div>
    );
  return (
    <div className={`mono ${classes.hint} ${classes.values}`} aria-live="polite">
      {value.table.columns.map((column) => (
        <span key={column.name}>
          {column.name} <span className="quiet">{column.native}</span>
        </span>
      ))}
    </div>
  );
}

export function useQuery(name: string, sql: string) {
  const question = useMemo(
    () => (sql.trim() === '' ? null : () => describeMapping({ source: name, target: name, query: sql, columns: [] })),
    [name, sql],
  );
  return useLatest(question, CHECK_AFTER_MS);
}
