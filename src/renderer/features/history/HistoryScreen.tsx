// The screen History: every run that this machine remembers, and what one of them did, step by step.

import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { many } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { go } from '../../client/stores/navigation.ts';
import { goToRun } from '../../client/stores/run.ts';
import { readRuns, runsStore } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { Screen } from '../../ui/layout/Screen.tsx';
import { Split } from '../../ui/layout/Split.tsx';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { columns, matches } from './columns.tsx';
import classes from './history.module.css';
import { RunPanel } from './RunPanel.tsx';

const nothing: readonly RunSummary[] = [];

export function HistoryScreen(): React.JSX.Element {
  const isRead = useFrom(runsStore, ({ runs }) => runs !== null);
  const runs = useFrom(runsStore, (state) => state.runs ?? nothing);
  const error = useFrom(runsStore, (state) => state.error);
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const sought = useDeferredValue(filter.trim().toLowerCase());
  const rows = useMemo(() => runs.filter((run) => matches(run, sought)), [runs, sought]);
  const selected = rows.find(({ run }) => run === chosen) ?? rows[0] ?? null;
  useEffect(() => void readRuns(), []);

  if (isRead && runs.length === 0 && !error) {
    return (
      <Screen title="History">
        <EmptyState title="No run yet" action={<Button onClick={() => go({ at: 'home' })}>Go to Home</Button>}>
          Each run leaves its report and its audit here, whether it was published, rolled back or interrupted.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title="History"
      facts={
        isRead ? (
          <span>
            {rows.length === runs.length ? many(runs.length, 'run') : `${rows.length} of ${many(runs.length, 'run')}`}
          </span>
        ) : null
      }
      actions={
        <>
          <TextInput
            aria-label="Filter the runs"
            placeholder="Type to filter: project, database, state"
            className={classes.filter ?? ''}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <ActionIcon aria-label="Look again" title="Look again" onClick={() => void readRuns()}>
            <IconRefresh size={16} />
          </ActionIcon>
        </>
      }
    >
      {error ? (
        <div className={classes.error}>
          <ErrorNote error={error}>
            <Button size="compact-xs" variant="default" onClick={() => void readRuns()}>
              Try again
            </Button>
          </ErrorNote>
        </div>
      ) : (
        <Split name="history" sized="second" initial={340} min={280} max={560}>
          <DataGrid
            label="Runs"
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            selected={selected?.run ?? null}
            onSelect={({ run }) => setChosen(run)}
            onOpen={goToRun}
            remember="history"
            empty={isRead ? 'No run has these words.' : 'Reading the runs…'}
          />
          {selected ? <RunPanel run={selected} onOpen={() => goToRun(selected)} /> : <div />}
        </Split>
      )}
    </Screen>
  );
}

const keyOf = ({ run }: RunSummary): string => run;
