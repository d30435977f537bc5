// Values that are not stored as they were read: what was done to them, where, and to how many.

import { count } from '../../../../shared/format.ts';
import type { ChangesQuery, TableChange } from '../../../../shared/model/report-page.ts';
import { changeValues } from '../../../../shared/report-values.ts';
import type { PagedColumn } from '../../../ui/grid/PagedGrid.tsx';

export const changeKey = ({ table, what }: TableChange): string => `${table} ${what}`;

export const changeColumns: readonly PagedColumn<TableChange, ChangesQuery['sort'][number]['by']>[] = [
  { id: 'table', header: 'Table', width: 160, mono: true, value: changeValues.table },
  { id: 'what', header: 'What', width: 400, value: changeValues.what },
  {
    id: 'rows',
    header: 'Rows',
    width: 104,
    align: 'right',
    mono: true,
    value: changeValues.rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: 'changed',
    header: 'Value',
    width: 176,
    value: changeValues.changed,
  },
];
