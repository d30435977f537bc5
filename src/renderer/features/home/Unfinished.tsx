// Runs that somebody has to decide about: cut off, held, or carried out elsewhere, each with what its target says.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { many } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { go } from '../../client/stores/navigation.ts';
import { ask } from '../../client/stores/recovery.ts';
import { type RunsState, runsStore } from '../../client/stores/runs.ts';
import { askStanding, isOpen, standings } from '../../client/stores/standings.ts';
import { useFrom } from '../../client/use-from.ts';
import { exactly, when } from '../../ui/format/moment.ts';
import { RunDeeds } from '../../ui/recovery/RunDeeds.tsx';
import { RunStateMark } from '../../ui/state/RunStateMark.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './home.module.css';
import { Route } from './Route.tsx';

const SHOWN = 4;

export function Unfinished(): React.JSX.Element | null {
  const state = useFrom(runsStore, (all) => all);
  const runs = unfinished(state);
  if (runs.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Unfinished runs">
      <div className={classes.sectionHead}>
        <h2>Unfinished</h2>
        {runs.length > SHOWN ? (
          <Button size="compact-xs" variant="subtle" onClick={() => go({ at: 'history' })}>
            {many(runs.length - SHOWN, 'more', 'more')} in History
          </Button>
        ) : null}
      </div>
      <ul className={classes.unfinished}>
        {runs.slice(0, SHOWN).map((run) => (
          <Item key={run.run} run={run} />
        ))}
      </ul>
    </section>
  );
}

/** Those that run in the engine of this page are told of by the notice above every screen. */
function unfinished({ runs, active }: RunsState): readonly RunSummary[] {
  return (runs ?? []).filter((run) => isOpen(run) || (run.state === 'running' && !active.has(run.run)));
}

function Item({ run }: { readonly run: RunSummary }): React.JSX.Element {
  return (
    <li>
      <div className={classes.run}>
        <div className={classes.runHead}>
          <RunStateMark state={run.state} />
          <strong>{run.project}</strong>
          <Route source={run.source} target={run.target} />
          <span className="quiet" title={exactly(run.startedAt)}>
            {when(run.startedAt)}
          </span>
        </div>
        <div className={classes.stands}>
          {isOpen(run) ? (
            <Stands run={run} />
          ) : (
            'Another Drover on this machine carries it out. It can be taken over if that does not answer any more.'
          )}
        </div>
      </div>
      <div className={classes.deeds}>
        <RunDeeds run={run} />
      </div>
    </li>
  );
}

function Stands({ run }: { readonly run: RunSummary }): React.JSX.Element {
  const told = useFrom(standings, (all) => all[run.run] ?? null);
  useEffect(() => void askStanding(run), [run]);
  switch (told?.state) {
    case 'told':
      return <span data-selectable>{told.standing.words}</span>;
    case 'failed': {
      const password = told.error.code === 'connect.wrong-password';
      return (
        <span className={classes.unasked}>
          <StateMark mark="warned">Its target could not be asked: {told.error.message}</StateMark>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => (password ? ask('give password', run) : void askStanding(run, true))}
          >
            {password ? 'Type the password…' : 'Ask again'}
          </Button>
        </span>
      );
    }
    case 'asking':
    case undefined:
      return <span className="quiet">Asking the target where it stands…</span>;
  }
}
