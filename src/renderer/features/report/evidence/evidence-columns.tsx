// The columns of the evidence: one line tells of a table whether, how much and by what it was compared.

import { count, duration, shortDigest, size } from '../../../../shared/format.ts';
import type { Points, TableLine, TablesQuery } from '../../../../shared/model/report-page.ts';
import { agreement, lineValues, secondsOf } from '../../../../shared/report-values.ts';
import type { PagedColumn } from '../../../ui/grid/PagedGrid.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';

export type EvidenceKey = TablesQuery['sort'][number]['by'];
type Column = PagedColumn<TableLine, EvidenceKey>;

function rowsOn(side: 'sourceRows' | 'targetRows', header: string): Column {
  return {
    id: side,
    header,
    width: 104,
    align: 'right',
    mono: true,
    value: lineValues[side],
    cell: (table) => (
      <span className={table.sourceRows === table.targetRows ? undefined : 'block'}>{count(table[side])}</span>
    ),
  };
}

function points(id: 'witnesses' | 'structure', header: string): Column {
  return {
    id,
    header,
    width: 88,
    align: 'right',
    mono: true,
    value: lineValues[id],
    cell: ({ [id]: told }) => <PointsOf points={told} />,
  };
}

function PointsOf({ points: { equal, total } }: { readonly points: Points }): React.JSX.Element {
  if (total === 0) return <span className="quiet">none</span>;
  return <span className={equal === total ? undefined : 'block'}>{agreement({ equal, total })}</span>;
}

export const evidenceColumns: readonly Column[] = [
  { id: 'table', header: 'Table', width: 160, mono: true, value: lineValues.table },
  {
    id: 'equal',
    header: 'Result',
    width: 96,
    value: lineValues.equal,
    cell: ({ equal }) =>
      equal ? <StateMark mark="proved">equal</StateMark> : <StateMark mark="blocked">different</StateMark>,
  },
  rowsOn('sourceRows', 'Source rows'),
  rowsOn('targetRows', 'Target rows'),
  {
    id: 'quarantined',
    header: 'Kept aside',
    width: 88,
    align: 'right',
    mono: true,
    value: lineValues.quarantined,
    cell: ({ quarantined }) =>
      quarantined === 0 ? <span className="quiet">0</span> : <StateMark mark="warned">{count(quarantined)}</StateMark>,
  },
  {
    id: 'digest',
    header: 'Checksum',
    width: 104,
    mono: true,
    value: lineValues.digest,
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
    width: 96,
    align: 'right',
    mono: true,
    value: lineValues.differences,
    cell: ({ differing, differencesCut }) =>
      differing === 0 ? (
        <span className="quiet">0</span>
      ) : (
        <span className="block">
          {differencesCut ? 'at least ' : ''}
          {count(differing)}
        </span>
      ),
  },
  points('witnesses', 'Witnesses'),
  points('structure', 'Structure'),
  {
    id: 'seconds',
    header: 'Time',
    width: 72,
    align: 'right',
    mono: true,
    value: lineValues.seconds,
    cell: (table) => duration(secondsOf(table)),
  },
  {
    id: 'bytes',
    header: 'Bytes',
    width: 80,
    align: 'right',
    mono: true,
    value: lineValues.bytes,
    cell: ({ bytes }) => size(bytes),
  },
];
