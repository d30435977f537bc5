// What rolling back does to each table of a run.

import { count } from '../../../../shared/format.ts';
import type { Report } from '../../../../shared/model/report.ts';
import type { Backup } from '../../../../shared/model/run.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';

export interface Fate {
  readonly table: string;
  /** Rows that go, as the run left them: the target is not asked how many there are by now. */
  readonly going: number;
  /** The backup that comes back; null where the run made the table. */
  readonly keptAs: string | null;
  /** Rows went into the table, which stays. */
  readonly merged: boolean;
  /** Rows of the backup, where the target says. */
  readonly returning: number | null;
}

export const fateKey = ({ table }: Fate): string => table;

export function fatesOf({ tables, backups: made }: Report, standing: readonly Backup[]): readonly Fate[] {
  const rows = new Map(standing.map((backup) => [backup.keptAs, backup.rows]));
  return tables.map(({ target, targetRows, merged }) => {
    // Of a table into which rows went, what was overwritten is named first.
    const keptAs = made.find((backup) => backup.table === target)?.keptAs ?? null;
    return {
      table: target,
      going: merged?.added ?? targetRows,
      keptAs,
      merged: merged !== undefined,
      returning: keptAs === null ? null : (rows.get(keptAs) ?? null),
    };
  });
}

export const fateColumns: readonly GridColumn<Fate>[] = [
  { id: 'table', header: 'Table', width: 144, mono: true, value: ({ table }) => table },
  {
    id: 'going',
    header: 'Rows that go, as the run left them',
    width: 232,
    align: 'right',
    mono: true,
    value: ({ going }) => going,
    cell: ({ going }) => count(going),
  },
  {
    id: 'fate',
    header: 'What happens',
    width: 120,
    value: ({ keptAs, merged }) => (merged ? 'rows go out' : keptAs === null ? 'is removed' : 'comes back'),
    cell: ({ keptAs, merged }) =>
      merged ? (
        <StateMark mark="undone">rows go out</StateMark>
      ) : keptAs === null ? (
        <StateMark mark="blocked">is removed</StateMark>
      ) : (
        <StateMark mark="undone">comes back</StateMark>
      ),
  },
  {
    id: 'returning',
    header: 'Rows that return',
    width: 120,
    align: 'right',
    mono: true,
    value: ({ returning }) => returning,
    cell: ({ keptAs, returning }) =>
      returning === null ? <span className="quiet">{keptAs === null ? '' : 'not stated'}</span> : count(returning),
  },
  { id: 'from', header: 'From', width: 260, mono: true, value: ({ keptAs }) => keptAs },
];
