// The section of the inspector where a column gets its steps, and what they make of sample rows.

import { useMemo } from 'react';
import type { Table } from '../../../../shared/model/catalog.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import type { Transform } from '../../../../shared/model/transform.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import type { ColumnAt } from '../model/edits.ts';
import { keysOf } from '../model/keys.ts';
import { AddItem } from './AddItem.tsx';
import { ChainLine, FaultNote } from './ChainLine.tsx';
import { groups, offersFor } from './catalogue.ts';
import { type Fault, faultOf, faultOfFinding } from './faults.ts';
import { stepKit } from './step-kit.ts';
import styles from './steps.module.css';
import { TraceGrid } from './TraceGrid.tsx';
import { useChain } from './use-chain.ts';
import { useTrace } from './use-trace.ts';
import { settingsOf } from './words.ts';

export interface StepsProps {
  readonly at: ColumnAt;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
  readonly source: Table | null;
  /** What the plan says against the steps. */
  readonly findings: readonly Finding[];
}

export function Steps({ at, mapping, of, source, findings }: StepsProps): React.JSX.Element {
  const { table, column } = at;
  const kit = useMemo(() => stepKit({ table, column }), [table, column]);
  const chain = useChain(kit, mapping.steps ?? none);
  const { value, error, asking } = useTrace(of, keysOf(of.columns).indexOf(at.column), chain.shown);
  const columns = source ? source.columns.map(({ name }) => name) : noColumns;
  const said = error ? [faultOf(error)].filter((fault) => fault !== null) : [];
  // The trace knows the steps as they are typed; the plan comes later, and sees more.
  const planned = findings.map(faultOfFinding).filter(({ place }) => place === null || (!value && !error));
  const faults = [...said, ...planned];

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would stand around the fieldsets of the settings
    <div role="group" aria-label="Steps" className={styles.steps}>
      <div className={styles.head}>
        <h3>Steps</h3>
        <span className="quiet">{chain.lines.length === 0 ? 'values stay as they are' : ''}</span>
        <AddItem
          what="step"
          groups={groups}
          offersFor={offersFor}
          onAdd={chain.add}
          onUp={() => chain.focus(chain.lines.length - 1)}
        />
      </div>
      {error && said.length === 0 ? <ErrorNote error={error} /> : null}
      {faults
        .filter(({ place }) => !isOfLine(place, chain.lines.length))
        .map((fault) => (
          <FaultNote key={fault.message} fault={fault} />
        ))}
      {chain.lines.length > 0 ? (
        <ol className={styles.chain} aria-label="Chain">
          {chain.lines.map(({ name, item }, i) => (
            <ChainLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice
              key={`${i} ${name}`}
              chain={chain}
              place={i}
              called={`step ${i + 1}, ${name}`}
              word={name}
              settings={item ? settingsOf(item) : ''}
              fault={faultAt(faults, i)}
              columns={columns}
            />
          ))}
        </ol>
      ) : null}
      {chain.shown.length > 0 ? (
        <div aria-busy={asking}>
          {value && !error ? <TraceGrid traced={value} chosen={chain.open} /> : null}
          {!value && !error ? <StateMark mark="busy">Reading sample rows</StateMark> : null}
        </div>
      ) : null}
    </div>
  );
}

const none: readonly Transform[] = [];
const noColumns: readonly string[] = [];

function isOfLine(place: number | null, lines: number): boolean {
  return place !== null && place < lines;
}

function faultAt(faults: readonly Fault[], place: number): Fault | null {
  return faults.find((fault) => fault.place === place) ?? null;
}
