// What a run did, step by step, as its journal has it.

import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { AuditEntry, AuditState, RunState } from '../../../shared/model/run.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { exactly } from '../../ui/format/moment.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { type Mark, StateMark } from '../../ui/state/StateMark.tsx';
import classes from './history.module.css';

/** `state`: when the run has come further, it is asked again. */
export function Audit({ run, state }: { readonly run: string; readonly state: RunState }): React.JSX.Element {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [error, setError] = useState<DroverErrorData | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the run has come further
  useEffect(() => {
    let gone = false;
    engine
      .call('run.audit', { run })
      .then((found) => {
        if (!gone) setEntries(found);
      })
      .catch((thrown: unknown) => {
        if (!gone) setError(failureOf(thrown));
      });
    return () => {
      gone = true;
    };
  }, [run, state]);

  if (error) return <ErrorNote error={error} />;
  if (entries === null) return <div className="quiet">Reading the audit…</div>;
  if (entries.length === 0) return <div className="quiet">The run ended before its first step.</div>;
  const steps = entries.filter(({ object }) => object === undefined);
  const others = entries.length - steps.length;
  return (
    <ol className={classes.audit}>
      {steps.map(({ at, step, state: reached, detail }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
        <li key={number}>
          <time className="mono quiet" dateTime={at} title={exactly(at)}>
            {clockOf(at)}
          </time>
          <div className={classes.entry}>
            <StateMark mark={marks[reached]}>
              {step}: {reached}
            </StateMark>
            {detail === null ? null : <div className={classes.detail}>{detail}</div>}
          </div>
        </li>
      ))}
      {others > 0 ? (
        <li className="quiet">
          What was done table by table, and every statement that changed something, is in audit.ndjson of the run’s
          folder.
        </li>
      ) : null}
    </ol>
  );
}

const marks: Readonly<Record<AuditState, Mark>> = {
  pending: 'todo',
  running: 'todo',
  done: 'proved',
  failed: 'blocked',
  compensating: 'todo',
  compensated: 'undone',
  'not compensated': 'blocked',
  undone: 'undone',
  'not known': 'warned',
};

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function clockOf(iso: string): string {
  return time.format(new Date(iso));
}
