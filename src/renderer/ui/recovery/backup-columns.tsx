// What the target keeps of its earlier tables, as the columns of a grid.

import { counted, many, size } from '../../../shared/format.ts';
import type { Backup } from '../../../shared/model/run.ts';
import type { GridColumn } from '../grid/column.ts';

const unknown = (
  <span className="quiet" title="The target would have to read the table to its end">
    not stated
  </span>
);

export const backupKey = ({ keptAs }: Backup): string => keptAs;

export const backupColumns: readonly GridColumn<Backup>[] = [
  { id: 'table', header: 'Table', width: 200, mono: true, value: ({ table }) => table },
  { id: 'kept as', header: 'Kept as', width: 376, mono: true, value: ({ keptAs }) => keptAs },
  {
    id: 'rows',
    header: 'Rows',
    width: 112,
    align: 'right',
    mono: true,
    value: ({ rows }) => rows,
    cell: ({ rows, estimated }) => (rows === null ? unknown : counted(rows, estimated)),
  },
  {
    id: 'bytes',
    header: 'Size',
    width: 104,
    align: 'right',
    mono: true,
    value: ({ bytes }) => bytes,
    cell: ({ bytes }) => (bytes === null ? unknown : size(bytes)),
  },
];

/** "3 earlier tables, 12.4 MB" */
export function backupsInTotal(backups: readonly Backup[]): string {
  const sizes = backups.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  const total = sizes.length > 0 ? `, ${size(sizes.reduce((sum, bytes) => sum + bytes, 0))}` : '';
  return `${many(backups.length, 'earlier table')}${total}`;
}
