// Values that are not stored as they were read: what was done to them, where, and to how many.

import { count } from '../../../../shared/format.ts';
import type { TableReport } from '../../../../shared/model/report.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';

export type Change = TableReport['changes'][number] & { readonly table: string };

export const changeKey = ({ table, what }: Change): string => `${table} ${what}`;

export const changeColumns: readonly GridColumn<Change>[] = [
  { id: 'table', header: 'Table', width: 160, mono: true, value: ({ table }) => table },
  { id: 'what', header: 'What', width: 400, value: ({ what }) => what },
  {
    id: 'rows',
    header: 'Rows',
    width: 104,
    align: 'right',
    mono: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => count(rows),
  },
  {
    id: 'changed',
    header: 'Value',
    width: 176,
    value: ({ changed }) => (changed ? 'changed by decision' : 'same, spelled otherwise'),
  },
];
