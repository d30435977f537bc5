// The columns of the evidence: one line tells of a table whether, how much and by what it was compared.

import { count, duration, shortDigest, size } from '../../../../shared/format.ts';
import type { TableReport } from '../../../../shared/model/report.ts';
import { differingRows } from '../../../../shared/summary.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { agreeing, secondsOf, tableName } from '../words.ts';

type Column = GridColumn<TableReport>;
type Points = readonly { readonly equal: boolean }[];

function rowsOn(side: 'sourceRows' | 'targetRows', header: string): Column {
  return {
    id: side,
    header,
    width: 112,
    align: 'right',
    mono: true,
    value: (table) => table[side],
    cell: (table) => (
      <span className={table.sourceRows === table.targetRows ? undefined : 'block'}>{count(table[side])}</span>
    ),
  };
}

function points(id: string, header: string, of: (table: TableReport) => Points): Column {
  return {
    id,
    header,
    width: 112,
    align: 'right',
    mono: true,
    value: (table) => agreeing(of(table)),
    cell: (table) => {
      if (of(table).length === 0) return <span className="quiet">none</span>;
      const all = of(table).every(({ equal }) => equal);
      return all ? agreeing(of(table)) : <span className="block">{agreeing(of(table))}</span>;
    },
  };
}

export const evidenceColumns: readonly Column[] = [
  { id: 'table', header: 'Table', width: 160, mono: true, value: tableName },
  {
    id: 'equal',
    header: 'Result',
    width: 104,
    value: ({ equal }) => (equal ? 'equal' : 'different'),
    cell: ({ equal }) =>
      equal ? <StateMark mark="proved">equal</StateMark> : <StateMark mark="blocked">different</StateMark>,
  },
  rowsOn('sourceRows', 'Rows in source'),
  rowsOn('targetRows', 'Rows in target'),
  {
    id: 'quarantined',
    header: 'Kept aside',
    width: 96,
    align: 'right',
    mono: true,
    value: ({ quarantined }) => quarantined,
    cell: ({ quarantined }) =>
      quarantined === 0 ? <span className="quiet">0</span> : <StateMark mark="warned">{count(quarantined)}</StateMark>,
  },
  {
    id: 'digest',
    header: 'Checksum',
    width: 128,
    mono: true,
    value: ({ sourceDigest, targetDigest }) =>
      sourceDigest === targetDigest ? sourceDigest : `${sourceDigest} ≠ ${targetDigest}`,
    cell: ({ sourceDigest, targetDigest }) =>
      sourceDigest === targetDigest ? (
        <span title={sourceDigest}>{shortDigest(sourceDigest)}</span>
      ) : (
        <span className="block" title={`source ${sourceDigest}\ntarget ${targetDigest}`}>
          {shortDigest(sourceDigest)} ≠ {shortDigest(targetDigest)}
        </span>
      ),
  },
  {
    id: 'differences',
    header: 'Differences',
    width: 104,
    align: 'right',
    mono: true,
    value: differingRows,
    cell: (table) => {
      const rows = differingRows(table);
      if (rows === 0) return <span className="quiet">0</span>;
      return (
        <span className="block">
          {table.differencesCut ? 'at least ' : ''}
          {count(rows)}
        </span>
      );
    },
  },
  points('witnesses', 'Witnesses', ({ witnesses }) => witnesses),
  points('structure', 'Structure', ({ structure }) => structure),
  {
    id: 'seconds',
    header: 'Time',
    width: 80,
    align: 'right',
    mono: true,
    value: secondsOf,
    cell: (table) => duration(secondsOf(table)),
  },
  {
    id: 'bytes',
    header: 'Bytes',
    width: 88,
    align: 'right',
    mono: true,
    value: ({ bytes }) => bytes,
    cell: ({ bytes }) => size(bytes),
  },
];
