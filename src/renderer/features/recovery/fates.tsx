// What rolling back does to each table of a run.

import { count, counted } from '../../../shared/format.ts';
import type { TableLine } from '../../../shared/model/report-page.ts';
import type { Backup } from '../../../shared/model/run.ts';
import { lineValues } from '../../../shared/report-values.ts';
import type { PagedColumn } from '../../ui/grid/PagedGrid.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';

export type Column = PagedColumn<TableLine, FateKey>;
export type FateKey = 'target' | 'targetRows' | 'keptAs';

export const fateKey = ({ target }: TableLine): string => target;

/** `standing`: the backups that are there now. Of the tables that go, the rows are told as the run left them. */
export function fateColumns(standing: readonly Backup[], takenBack: readonly string[]): readonly Column[] {
  const gone = new Set(takenBack);
  return [
    { id: 'target', header: 'Table', width: 144, mono: true, value: lineValues.target },
    rowsThatGo('Rows that go, as the run left them', 232),
    {
      id: 'fate',
      header: 'What happens',
      width: 120,
      sortable: false,
      value: ({ target, keptAs, merged }) =>
        gone.has(target) ? 'is back already' : merged ? 'rows go out' : keptAs === null ? 'is removed' : 'comes back',
      cell: ({ target, keptAs, merged }) =>
        gone.has(target) ? (
          <span className="quiet">is back already</span>
        ) : merged ? (
          <StateMark mark="undone">rows go out</StateMark>
        ) : keptAs === null ? (
          <StateMark mark="blocked">is removed</StateMark>
        ) : (
          <StateMark mark="undone">comes back</StateMark>
        ),
    },
    returningRows(standing),
    { id: 'keptAs', header: 'From', width: 316, mono: true, value: lineValues.keptAs },
  ];
}

export function rowsThatGo(header: string, width: number): Column {
  return {
    id: 'targetRows',
    header,
    width,
    align: 'right',
    mono: true,
    value: lineValues.targetRows,
    // Of a table that stood there only the rows that were added go.
    cell: ({ targetRows, merged }) => count(merged?.added ?? targetRows),
  };
}

export function returningRows(standing: readonly Backup[]): Column {
  const backups = new Map(standing.map((backup) => [backup.keptAs, backup]));
  const returning = ({ keptAs }: TableLine): Backup | null => (keptAs === null ? null : (backups.get(keptAs) ?? null));
  return {
    id: 'returning',
    header: 'Rows that return',
    width: 120,
    align: 'right',
    mono: true,
    sortable: false,
    value: (table) => returning(table)?.rows ?? null,
    cell: (table) => {
      const known = returning(table);
      if (known && known.rows !== null) return counted(known.rows, known.estimated);
      return <span className="quiet">{table.keptAs === null ? '' : 'not stated'}</span>;
    },
  };
}
