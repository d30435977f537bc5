// The chosen table: its columns, keys, references, first rows, profile and findings.

import { ActionIcon, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { aboutMany, count, size } from '../../../../shared/format.ts';
import type { Table } from '../../../../shared/model/catalog.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { failureOf } from '../../../client/failure.ts';
import { tableOf } from '../../../client/stores/catalogs.ts';
import { go } from '../../../client/stores/navigation.ts';
import { findingsAt, planStore } from '../../../client/stores/plan.ts';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { FindingNote } from '../../../ui/state/FindingNote.tsx';
import { choose } from '../inspect-store.ts';
import { Profile } from '../profile/Profile.tsx';
import { askMarks } from '../profile/profile-store.ts';
import { Columns } from './Columns.tsx';
import { FirstRows } from './FirstRows.tsx';
import { Relations } from './Relations.tsx';
import classes from './table.module.css';

export interface TablePaneProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly table: string;
}

type Asked =
  | { readonly state: 'asking' }
  | { readonly state: 'ready'; readonly table: Table }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

export function TablePane({ side, overview, table: name }: TablePaneProps): React.JSX.Element {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' });
  const plan = useFrom(planStore, (state) => state.plan);
  const findings = side === 'source' ? findingsAt(plan, name) : [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look at the database may show another table
  useEffect(() => {
    let left = false;
    tableOf(side, name).then(
      (table) => left || setAsked({ state: 'ready', table }),
      (thrown: unknown) => left || setAsked({ state: 'failed', error: failureOf(thrown) }),
    );
    return () => {
      left = true;
    };
  }, [side, name, overview]);

  return (
    <aside className={classes.pane} aria-label={`Table ${name}`}>
      <header className={classes.head}>
        <h2 className="mono ellipsis" title={name}>
          {name}
        </h2>
        <ActionIcon aria-label="Close the table" onClick={() => choose(side, null)}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </header>
      {asked.state === 'failed' ? <ErrorNote error={asked.error} /> : null}
      {asked.state === 'asking' ? (
        <p className={classes.quietly} role="status">
          Looking at {name}…
        </p>
      ) : null}
      {asked.state === 'ready' ? (
        <Details side={side} overview={overview} table={asked.table} findings={findings} />
      ) : null}
    </aside>
  );
}

interface DetailsProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly table: Table;
  readonly findings: readonly Finding[];
}

function Details({ side, overview, table, findings }: DetailsProps): React.JSX.Element {
  useEffect(() => void askMarks(side, table.name), [side, table]);
  return (
    <>
      <p className={classes.facts}>
        <span className="mono">{aboutMany(table.rowEstimate, 'row')}</span>
        {table.bytes === null ? null : <span className="mono">{size(table.bytes)}</span>}
        {table.engine === null ? null : <span className="mono">{table.engine}</span>}
        {table.kind === 'partitioned' ? <span>partitioned</span> : null}
        {table.withoutRowid ? <span className="mono">WITHOUT ROWID</span> : null}
      </p>
      {table.comment ? <p className={classes.quietly}>{table.comment}</p> : null}
      <Tabs defaultValue="columns" className={classes.tabs} classNames={{ panel: classes.tab ?? '' }}>
        <Tabs.List>
          <Tabs.Tab value="columns">Columns {count(table.columns.length)}</Tabs.Tab>
          <Tabs.Tab value="relations">Keys and references</Tabs.Tab>
          <Tabs.Tab value="rows">First rows</Tabs.Tab>
          <Tabs.Tab value="profile">Profile</Tabs.Tab>
          {findings.length > 0 ? <Tabs.Tab value="findings">Findings {count(findings.length)}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="columns">
          <Columns side={side} table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="relations">
          <Relations side={side} overview={overview} table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="rows">
          <FirstRows side={side} table={table.name} />
        </Tabs.Panel>
        <Tabs.Panel value="profile" keepMounted={false}>
          <Profile side={side} table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <div className={classes.notes}>
            {findings.map((finding) => (
              <FindingNote
                key={`${finding.code} ${finding.place.column ?? ''} ${finding.message}`}
                finding={finding}
                onShow={() => go({ at: 'map', table: table.name, ...columnOf(finding) })}
              />
            ))}
          </div>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function columnOf({ place }: Finding): { readonly column?: string } {
  return place.column === undefined ? {} : { column: place.column };
}
