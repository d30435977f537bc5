// The columns of the inventory; findings only where there is a plan to have them.

import type { Side } from '../../../../shared/contract.ts';
import { about, count, size } from '../../../../shared/format.ts';
import type { Severity } from '../../../../shared/model/finding.ts';
import type { TableSummary } from '../../../../shared/model/overview.ts';
import type { Plan } from '../../../../shared/model/plan.ts';
import { countBySeverity, findingsAt } from '../../../client/stores/plan.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { markOf } from '../../../ui/state/FindingNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';

type Column = GridColumn<TableSummary>;

export function inventoryColumns(side: Side, plan: Plan | null): readonly Column[] {
  const [name, ...rest] = structure;
  return side === 'source' && plan ? [name, findings(plan), ...rest] : structure;
}

/** A quiet nought, so that what is there stands out. */
const figure = (value: number): React.JSX.Element => (
  <span className={value === 0 ? 'quiet' : undefined}>{count(value)}</span>
);

function counted(id: string, header: string, width: number, value: (table: TableSummary) => number): Column {
  return { id, header, width, align: 'right', mono: true, value, cell: (table) => figure(value(table)) };
}

const structure: readonly [Column, ...Column[]] = [
  { id: 'name', header: 'Table', width: 208, mono: true, value: ({ name }) => name },
  {
    id: 'rows',
    header: 'Rows ≈',
    width: 120,
    align: 'right',
    mono: true,
    value: ({ rows }) => rows,
    cell: ({ rows }) => about(rows),
  },
  {
    id: 'bytes',
    header: 'Size',
    width: 88,
    align: 'right',
    mono: true,
    value: ({ bytes }) => bytes,
    cell: ({ bytes }) => (bytes === null ? <span className="quiet">not stated</span> : size(bytes)),
  },
  counted('columns', 'Columns', 80, ({ columns }) => columns),
  {
    id: 'primary key',
    header: 'Primary key',
    width: 136,
    mono: true,
    value: ({ primaryKey }) => primaryKey.join(', '),
    cell: ({ primaryKey }) =>
      primaryKey.length === 0 ? <StateMark mark="noted">none</StateMark> : primaryKey.join(', '),
  },
  counted('references', 'Foreign keys', 104, ({ references }) => references.length),
  counted('indexes', 'Indexes', 80, ({ indexes }) => indexes),
  counted('uniques', 'Uniques', 80, ({ uniques }) => uniques),
  counted('checks', 'Checks', 72, ({ checks }) => checks),
  counted('dependants', 'Hangs on it', 104, ({ dependants }) => dependants),
  { id: 'comment', header: 'Comment', width: 240, value: ({ comment }) => comment },
];

const severities: readonly Severity[] = ['blocker', 'warning', 'note'];

function findings(plan: Plan): Column {
  return {
    id: 'findings',
    header: 'Findings',
    width: 128,
    /** Blockers first, then warnings, however many notes there are. */
    value: ({ name }) => {
      const { blocker, warning, note } = countBySeverity(findingsAt(plan, name));
      return blocker * 1e8 + warning * 1e4 + note;
    },
    cell: ({ name }) => {
      const counts = countBySeverity(findingsAt(plan, name));
      return (
        <span style={{ display: 'inline-flex', gap: 8 }}>
          {severities.map((severity) =>
            counts[severity] === 0 ? null : (
              <span key={severity} title={`${count(counts[severity])} × ${severity}`}>
                <StateMark mark={markOf[severity]}>{count(counts[severity])}</StateMark>
              </span>
            ),
          )}
        </span>
      );
    },
  };
}
