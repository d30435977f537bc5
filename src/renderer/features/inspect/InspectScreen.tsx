// The screen Inspect: what is in the source, and what already stands in the target.

import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import type { Side } from '../../../shared/contract.ts';
import type { Overview } from '../../../shared/model/overview.ts';
import { catalogs, look, seenIn } from '../../client/stores/catalogs.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { Split } from '../../ui/layout/Split.tsx';
import { DependencyGraph } from './graph/DependencyGraph.tsx';
import classes from './inspect.module.css';
import { choose, inspecting, type View, views } from './inspect-store.ts';
import { Inventory } from './list/Inventory.tsx';
import { NotCarried } from './list/NotCarried.tsx';
import { LookAgain, MapFailure, NextStep } from './NextStep.tsx';
import { OverviewFacts } from './OverviewFacts.tsx';
import { Sizes } from './sizes/Sizes.tsx';
import { TablePane } from './table/TablePane.tsx';
import { Waiting } from './Waiting.tsx';

export function InspectScreen({ table }: { readonly table: string | null }): React.JSX.Element {
  const side = useFrom(inspecting, (state) => state.side);
  const looked = useFrom(catalogs, (state) => state[side]);
  const seen = seenIn(looked);
  const url = useFrom(sides, (state) => state[side].url);
  useEffect(() => {
    if (url !== '') void look(side);
  }, [side, url]);
  useEffect(() => {
    if (table === null) return;
    inspecting.setState({ side: 'source' });
    choose('source', table);
  }, [table]);

  return (
    <Screen
      title="Inspect"
      facts={
        <>
          <SideSwitch />
          {seen ? <OverviewFacts overview={seen} /> : null}
        </>
      }
      actions={
        <>
          <LookAgain side={side} looking={looked.state === 'looking'} />
          <NextStep />
        </>
      }
    >
      <div className={classes.column}>
        <MapFailure />
        <div className={classes.rest}>
          {seen ? <Looking side={side} overview={seen} /> : null}
          {seen || looked.state === 'ready' ? null : <Waiting side={side} looked={looked} url={url} />}
        </div>
      </div>
    </Screen>
  );
}

function SideSwitch(): React.JSX.Element {
  const side = useFrom(inspecting, (state) => state.side);
  return (
    <SegmentedControl
      aria-label="Database"
      data={[
        { value: 'source', label: 'Source' },
        { value: 'target', label: 'Target' },
      ]}
      value={side}
      onChange={(value) => inspecting.setState({ side: value === 'target' ? 'target' : 'source' })}
      className={classes.choice}
    />
  );
}

function Looking({ side, overview }: { readonly side: Side; readonly overview: Overview }): React.JSX.Element {
  const chosen = useFrom(inspecting, (state) => state.chosen[side]);
  const known = chosen !== null && overview.tables.some(({ name }) => name === chosen) ? chosen : null;
  return (
    <Split name="the table's pane" sized="second" initial={432} min={320} max={760}>
      <Views side={side} overview={overview} chosen={known} />
      {known === null ? null : <TablePane key={`${side} ${known}`} side={side} overview={overview} table={known} />}
    </Split>
  );
}

interface ViewsProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly chosen: string | null;
}

function Views({ side, overview, chosen }: ViewsProps): React.JSX.Element {
  const view = useFrom(inspecting, (state) => state.view);
  return (
    <div className={classes.column}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="View"
          data={views.map((each) => ({ value: each, label: titleOf(each, overview) }))}
          value={view}
          onChange={(value) => inspecting.setState({ view: views.find((each) => each === value) ?? 'inventory' })}
          className={classes.choice}
        />
      </div>
      <div className={classes.rest}>
        <ViewOf view={view} side={side} overview={overview} chosen={chosen} />
      </div>
    </div>
  );
}

function ViewOf({ view, ...props }: ViewsProps & { readonly view: View }): React.JSX.Element {
  switch (view) {
    case 'inventory':
      return <Inventory {...props} />;
    case 'sizes':
      return <Sizes {...props} />;
    case 'dependencies':
      return <DependencyGraph {...props} />;
    case 'not carried':
      return <NotCarried {...props} />;
  }
}

function titleOf(view: View, { objects }: Overview): string {
  switch (view) {
    case 'inventory':
      return 'Inventory';
    case 'sizes':
      return 'Sizes';
    case 'dependencies':
      return 'Dependencies';
    case 'not carried':
      return `Other objects (${objects.length})`;
  }
}
