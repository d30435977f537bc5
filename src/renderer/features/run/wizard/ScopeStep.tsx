// Step 1: the tables, what they weigh, which of the target's are replaced and which are new.

import { useMemo } from 'react';
import { aboutMany, capitalized, count, list, many, size } from '../../../../shared/format.ts';
import { companions, mayBeLeftOut } from '../../../../shared/left-out.ts';
import { isReplaced, mergeFate, mergingWords } from '../../../../shared/merging-words.ts';
import type { Plan, TablePlan } from '../../../../shared/model/plan.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { bytesToCome, rowsThere, rowsToCome } from '../../../ui/grid/plan-columns.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { firstNames, scopeOf } from '../model/wizard.ts';
import classes from './wizard.module.css';

export function ScopeStep({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const { replaced, merged, added, rows, bytes } = useMemo(() => scopeOf(plan), [plan]);
  const tables = useMemo(() => [...replaced, ...merged, ...added], [replaced, merged, added]);
  const risky = plan.tables.filter(mayBeLeftOut).length;
  const shown = useMemo(() => (risky === 0 ? columns : [...columns, fateColumn(plan)]), [plan, risky]);
  return (
    <>
      <p>
        {many(plan.tables.length, 'table')} with {aboutMany(rows, 'row')}
        {bytes === null ? '' : `, ≈ ${size(bytes)},`} {plan.tables.length === 1 ? 'goes' : 'go'} from{' '}
        {plan.source.variant} to {plan.target.variant}. The figures are the source’s own statistics.
      </p>
      <p>
        {replaced.length === 0 && merged.length > 0 ? (
          <StateMark mark="warned">
            {capitalized(list(mergingWords(merged)))} of the target; {many(added.length, 'table')}{' '}
            {added.length === 1 ? 'is' : 'are'} new.
          </StateMark>
        ) : replaced.length === 0 ? (
          <StateMark mark="proved">
            No table of the target is replaced: all {count(added.length)} are new there.
          </StateMark>
        ) : (
          <StateMark mark="warned">
            {many(replaced.length, 'table')} of the target {replaced.length === 1 ? 'is' : 'are'} replaced and kept as a
            backup; {merged.length > 0 ? `${list(mergingWords(merged))}; ` : ''}
            {many(added.length, 'table')} {added.length === 1 ? 'is' : 'are'} new.
          </StateMark>
        )}
      </p>
      {risky === 0 ? null : (
        <p>
          <StateMark mark="warned">
            {many(risky, 'table')} may be left out: where one can’t be moved, the others are published without it and
            without those that hang on it. The last column names them.
          </StateMark>
        </p>
      )}
      <div className={classes.grid} style={{ height: ROOM + 28 * tables.length }}>
        <DataGrid label="Tables that move" columns={shown} rows={tables} keyOf={keyOf} remember="run-scope" />
      </div>
    </>
  );
}

/** The head of the grid and its borders. */
const ROOM = 34;

const keyOf = ({ source }: TablePlan): string => source;

const fateOf = (table: TablePlan): string => (table.merge ? mergeFate(table) : isReplaced(table) ? 'replaced' : 'new');

const columns: readonly GridColumn<TablePlan>[] = [
  { id: 'table', header: 'Table in the target', value: ({ target }) => target.name, width: 264, mono: true },
  {
    id: 'fate',
    header: 'What becomes of it',
    value: fateOf,
    cell: (table) => (isReplaced(table) ? <StateMark mark="warned">replaced</StateMark> : fateOf(table)),
    width: 224,
  },
  rowsThere({ header: 'Rows there now', width: 120 }),
  rowsToCome({ header: '≈ Rows to come', width: 128 }),
  bytesToCome({ header: '≈ Bytes', width: 108 }),
];

function fateColumn(plan: Plan): GridColumn<TablePlan> {
  const goWith = companions(plan.tables);
  return {
    id: 'left-out',
    header: 'If it can’t be moved',
    value: (table) => {
      if (!mayBeLeftOut(table)) return 'the run stops';
      const others = goWith(table).map(({ target }) => target.name);
      return others.length === 0 ? 'left out' : `left out, and with it ${firstNames(others)}`;
    },
    width: 360,
  };
}
