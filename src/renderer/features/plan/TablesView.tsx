// Every table of the plan, and the statements of the chosen one.

import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { chunksOf, sourceWords } from '../../../shared/feeds.ts';
import type { Plan, TablePlan } from '../../../shared/model/plan.ts';
import { useFrom } from '../../client/use-from.ts';
import { CodeView } from '../../ui/code/CodeView.tsx';
import type { GridColumn } from '../../ui/grid/column.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { bytesToCome, rowsThere, rowsToCome } from '../../ui/grid/plan-columns.tsx';
import { Split } from '../../ui/layout/Split.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { ddlOf, fateOf, fateWords } from './model/tables.ts';
import classes from './plan.module.css';
import { planView } from './plan-view.ts';

export function TablesView({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const table = useFrom(planView, (state) => state.table);
  const [text, setText] = useState('');
  const rows = useMemo(() => filtered(plan.tables, text), [plan, text]);
  const chosen = plan.tables.find(({ source }) => source === table) ?? rows[0] ?? plan.tables[0];
  return (
    <Split name="plan tables" sized="second" initial={368} min={300} max={760}>
      <div className={classes.view}>
        <div className={classes.bar}>
          <TextInput
            className={classes.filter ?? ''}
            aria-label="Filter tables"
            placeholder="Filter tables"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span className="quiet">≈ from the source’s statistics</span>
        </div>
        <div className={classes.fill}>
          <DataGrid
            label="Tables of the plan"
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            selected={chosen?.source ?? null}
            onSelect={({ source }) => planView.setState({ table: source })}
            remember="plan-tables"
            empty="No table matches the filter."
          />
        </div>
      </div>
      {chosen ? <Statements plan={plan} table={chosen} /> : <div />}
    </Split>
  );
}

function Statements({ plan, table }: { readonly plan: Plan; readonly table: TablePlan }): React.JSX.Element {
  const ddl = useMemo(() => ddlOf(table), [table]);
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <h2 className={`mono ellipsis ${classes.ddlName}`}>{table.target.name}</h2>
        <CopyButton value={ddl}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy the statements'}>
              <ActionIcon aria-label="Copy the statements" onClick={copy}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
      <div className={classes.fill}>
        <CodeView label="Statements of the table" text={ddl} family={plan.target.family} />
      </div>
    </div>
  );
}

const keyOf = ({ source }: TablePlan): string => source;

function filtered(tables: readonly TablePlan[], text: string): readonly TablePlan[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return tables;
  return tables.filter((table) => `${sourceWords(table)} ${table.target.name}`.toLowerCase().includes(wanted));
}

const marks = {
  new: 'proved',
  replaces: 'warned',
  'replaces empty': 'noted',
  refused: 'blocked',
  appends: 'noted',
  upserts: 'warned',
  refills: 'warned',
} as const;

const columns: readonly GridColumn<TablePlan>[] = [
  { id: 'table', header: 'Table', value: ({ target }) => target.name, width: 128, mono: true },
  { id: 'from', header: 'From', value: sourceWords, width: 112, mono: true },
  { id: 'mode', header: 'Mode', value: ({ mode }) => mode, width: 64 },
  {
    id: 'fate',
    header: 'In the target',
    value: (table) => fateWords(fateOf(table)),
    cell: (table) => <StateMark mark={marks[fateOf(table)]}>{fateWords(fateOf(table))}</StateMark>,
    width: 108,
  },
  rowsThere({ header: 'Rows there', width: 88 }),
  rowsToCome({ header: '≈ Rows', width: 112 }),
  bytesToCome({ header: '≈ Bytes', width: 96 }),
  { id: 'chunks', header: 'Chunks', value: chunksOf, width: 76, align: 'right', mono: true },
];
