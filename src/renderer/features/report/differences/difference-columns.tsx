// The columns of the three lists of differences. What is masked is masked for the clipboard too.

import { count } from '../../../../shared/format.ts';
import type { TableLine } from '../../../../shared/model/report-page.ts';
import { lineValues } from '../../../../shared/report-values.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import type { PagedColumn } from '../../../ui/grid/PagedGrid.tsx';
import { type Mark, StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../report.module.css';
import type { Cell, DifferingRow } from './differing-rows.ts';

export const MASK = '••••';

export const tableColumns: readonly PagedColumn<TableLine, 'table' | 'differences'>[] = [
  { id: 'table', header: 'Table', width: 136, mono: true, value: lineValues.table },
  {
    id: 'differences',
    header: 'Rows',
    width: 72,
    align: 'right',
    mono: true,
    value: lineValues.differences,
    cell: ({ differing, differencesCut }) => `${differencesCut ? '≥ ' : ''}${count(differing)}`,
  },
];

const kinds: Readonly<Record<DifferingRow['kind'], { readonly mark: Mark; readonly words: string }>> = {
  missing: { mark: 'blocked', words: 'missing in target' },
  extra: { mark: 'warned', words: 'only in target' },
  changed: { mark: 'blocked', words: 'changed' },
};

export const rowColumns: readonly GridColumn<DifferingRow>[] = [
  { id: 'key', header: 'Key', width: 176, mono: true, value: ({ key }) => key },
  {
    id: 'kind',
    header: 'Row',
    width: 152,
    value: ({ kind }) => kinds[kind].words,
    cell: ({ kind }) => <StateMark mark={kinds[kind].mark}>{kinds[kind].words}</StateMark>,
  },
  {
    id: 'cells',
    header: 'Columns',
    width: 80,
    align: 'right',
    mono: true,
    value: ({ cells }) => cells.length,
    cell: ({ cells }) => (cells.length === 0 ? <span className="quiet">all</span> : count(cells.length)),
  },
];

export function cellColumns(shown: boolean): readonly GridColumn<Cell>[] {
  const side = (id: 'source' | 'target', header: string): GridColumn<Cell> => ({
    id,
    header,
    width: 160,
    mono: true,
    sortable: shown,
    value: (cell) => (shown ? cell[id] : MASK),
    cell: (cell) => {
      if (!shown) return <span className="quiet">{MASK}</span>;
      const value = cell[id];
      if (value === null) return <span className={classes.absent}>NULL</span>;
      if (value === '') return <span className={classes.absent}>empty text</span>;
      return <span title={value}>{value}</span>;
    },
  });
  return [
    { id: 'column', header: 'Column', width: 128, mono: true, value: ({ column }) => column },
    side('source', 'In the source'),
    side('target', 'In the target'),
  ];
}
