// One table's evidence: full checksums, witnesses, structure, and what was stored otherwise by decision.

import { ActionIcon, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { fedWords } from '../../../../shared/feeds.ts';
import { count, many } from '../../../../shared/format.ts';
import { mergedWords } from '../../../../shared/merging-words.ts';
import type { StructureCheck, TableReport, Witness } from '../../../../shared/model/report.ts';
import type { RuleResult } from '../../../../shared/model/rule.ts';
import { tableName } from '../../../../shared/report-values.ts';
import { fateWords } from '../../../../shared/rule-words.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { changeColumns, changeKey } from '../decisions/change-columns.ts';
import frame from '../report.module.css';
import { agreeing } from '../words.ts';
import classes from './evidence.module.css';

export interface TableEvidenceProps {
  readonly table: TableReport;
  readonly onClose: () => void;
}

const equalMark = ({ equal }: { readonly equal: boolean }): React.JSX.Element =>
  equal ? <StateMark mark="proved">equal</StateMark> : <StateMark mark="blocked">different</StateMark>;

const value = (text: string | null): React.JSX.Element | string =>
  text === null ? <span className={frame.absent}>NULL</span> : text;

const witnessColumns: readonly GridColumn<Witness>[] = [
  {
    id: 'column',
    header: 'Column',
    width: 128,
    mono: true,
    value: ({ column }) => column,
    cell: ({ column }) => (column === '' ? <span className="quiet">whole table</span> : column),
  },
  { id: 'question', header: 'Question', width: 104, value: ({ question }) => question },
  {
    id: 'source',
    header: 'Source says',
    width: 112,
    mono: true,
    value: ({ source }) => source,
    cell: ({ source }) => value(source),
  },
  {
    id: 'target',
    header: 'Target says',
    width: 112,
    mono: true,
    value: ({ target }) => target,
    cell: ({ target }) => value(target),
  },
  { id: 'equal', header: 'Result', width: 104, value: ({ equal }) => (equal ? 'equal' : 'different'), cell: equalMark },
];

const structureColumns: readonly GridColumn<StructureCheck>[] = [
  { id: 'what', header: 'What', width: 176, value: ({ what }) => what },
  { id: 'expected', header: 'Planned', width: 136, mono: true, value: ({ expected }) => expected },
  { id: 'actual', header: 'Found', width: 136, mono: true, value: ({ actual }) => actual },
  { id: 'equal', header: 'Result', width: 104, value: ({ equal }) => (equal ? 'equal' : 'different'), cell: equalMark },
];

const ruleColumns: readonly GridColumn<RuleResult>[] = [
  { id: 'what', header: 'Rule', width: 216, value: ({ what }) => what },
  {
    id: 'broken',
    header: 'Broken by',
    width: 112,
    align: 'right',
    mono: true,
    value: ({ broken }) => broken,
    cell: ({ broken }) => many(broken, 'row'),
  },
  {
    id: 'fate',
    header: 'They',
    width: 176,
    value: ({ broken, onBreak }) => (broken > 0 ? fateWords(onBreak) : ''),
    cell: ({ broken, onBreak }) =>
      broken > 0 ? <StateMark mark="warned">{fateWords(onBreak)}</StateMark> : <StateMark mark="proved">met</StateMark>,
  },
];

const ruleKey = ({ what }: RuleResult): string => what;
const witnessKey = ({ column, question }: Witness): string => `${column} ${question}`;
const structureKey = ({ what, expected }: StructureCheck): string => `${what} ${expected}`;

export function TableEvidence({ table, onClose }: TableEvidenceProps): React.JSX.Element {
  const name = tableName(table);
  const { sourceRows, targetRows, sourceDigest, targetDigest, witnesses, structure, rules, changes, merged, feeds } =
    table;
  return (
    <aside className={classes.pane} aria-label={`Evidence of ${name}`}>
      <header className={classes.head}>
        <h3 className="mono ellipsis" title={name}>
          {name}
        </h3>
        {equalMark(table)}
        <ActionIcon aria-label="Close the evidence" onClick={onClose} className={classes.close}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </header>
      <dl className={`${frame.facts} ${classes.digests}`}>
        <dt>Source</dt>
        <dd className="mono">
          {many(sourceRows, 'row')}
          <br />
          {sourceDigest}
        </dd>
        <dt>Target</dt>
        <dd className="mono">
          {many(targetRows, 'row')}
          <br />
          {targetDigest}
        </dd>
        {feeds.length > 0 ? (
          <>
            <dt>Fed by</dt>
            <dd>{fedWords(feeds)}</dd>
          </>
        ) : null}
        {merged ? (
          <>
            <dt>Merged</dt>
            <dd>{mergedWords(merged)}</dd>
          </>
        ) : null}
      </dl>
      <Tabs defaultValue="witnesses" className={frame.tabs} classNames={{ panel: frame.tab ?? '' }}>
        <Tabs.List>
          <Tabs.Tab value="witnesses">Witnesses {agreeing(witnesses)}</Tabs.Tab>
          <Tabs.Tab value="structure">Structure {agreeing(structure)}</Tabs.Tab>
          {rules.length > 0 ? (
            <Tabs.Tab value="rules">Rules {agreeing(rules.map(({ broken }) => ({ equal: broken === 0 })))}</Tabs.Tab>
          ) : null}
          {changes.length > 0 ? <Tabs.Tab value="changes">Stored otherwise {count(changes.length)}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="witnesses">
          <DataGrid
            label="What each database says by itself"
            columns={witnessColumns}
            rows={witnesses}
            keyOf={witnessKey}
            empty="No question was asked of this table."
          />
        </Tabs.Panel>
        <Tabs.Panel value="structure">
          <DataGrid
            label="Plan and target compared"
            columns={structureColumns}
            rows={structure}
            keyOf={structureKey}
            empty="A verification compares rows, not structure."
          />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <DataGrid label="Rules of its rows" columns={ruleColumns} rows={rules} keyOf={ruleKey} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <DataGrid
            label="Stored or spelled otherwise"
            columns={changeColumns}
            rows={changes.map((change) => ({ ...change, table: name }))}
            keyOf={changeKey}
          />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
