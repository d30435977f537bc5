// One run beside the list: between which databases, where its papers lie, and what it did step by step.

import { Button } from '@mantine/core';
import type { RunSummary } from '../../../shared/model/run.ts';
import { runsStore } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';
import { exactly } from '../../ui/format/moment.ts';
import { Panel, Section } from '../../ui/layout/Panel.tsx';
import { RunDeeds } from '../../ui/recovery/RunDeeds.tsx';
import { CopyText } from '../../ui/state/CopyText.tsx';
import { RunStateMark } from '../../ui/state/RunStateMark.tsx';
import { Audit } from './Audit.tsx';
import classes from './history.module.css';

export interface RunPanelProps {
  readonly run: RunSummary;
  readonly onOpen: () => void;
}

export function RunPanel({ run, onOpen }: RunPanelProps): React.JSX.Element {
  const active = useFrom(runsStore, (state) => state.active.has(run.run));
  return (
    <Panel label={`Run of ${run.project}`}>
      <div className={classes.panelHead}>
        <div className="ellipsis">
          <h2 title={run.project}>{run.project}</h2>
          <RunStateMark state={run.state} />
        </div>
        <Button onClick={onOpen}>{active ? 'Watch' : 'Open report'}</Button>
      </div>
      <div className={classes.deeds}>
        <RunDeeds run={run} small />
      </div>
      <dl className={classes.facts}>
        <dt>Source</dt>
        <dd className="mono">{run.source}</dd>
        <dt>Target</dt>
        <dd className="mono">{run.target}</dd>
        <dt>Started</dt>
        <dd>{exactly(run.startedAt)}</dd>
        <dt>Finished</dt>
        <dd>{run.finishedAt === null ? 'Not yet' : exactly(run.finishedAt)}</dd>
        {run.takenBack.length > 0 ? (
          <>
            <dt>Rolled back</dt>
            <dd className="mono">{run.takenBack.join(', ')}</dd>
          </>
        ) : null}
        <dt>Run</dt>
        <dd>
          <CopyText text={run.run} label="the run's id" />
        </dd>
        <dt>Folder</dt>
        <dd>
          <CopyText text={run.folder} label="the folder" />
        </dd>
      </dl>
      <Section title="Audit">
        <Audit key={`${run.run} ${run.takenBack.length}`} run={run.run} state={run.state} />
      </Section>
    </Panel>
  );
}
