// One line above the mapping while the databases are otherwise than it knows them, and after they were changed for others.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { count, many } from '../../../../shared/format.ts';
import { driftStore, showDrift, tellRebound } from '../../../client/stores/drift.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './drift.module.css';
import { acceptAll } from './ways.ts';

export function DriftBar(): React.JSX.Element {
  return (
    <>
      <Rebound />
      <Differences />
    </>
  );
}

function Differences(): React.JSX.Element | null {
  const differences = useFrom(driftStore, ({ drift }) => drift?.differences ?? null);
  const shown = useFrom(driftStore, (state) => state.shown);
  const elsewhere = useFrom(driftStore, ({ drift }) => drift?.elsewhere ?? false);
  if (differences === null) return null;
  if (differences.length === 0) return elsewhere ? <Elsewhere /> : null;
  const of = (wanted: string) => differences.filter(({ severity }) => severity === wanted).length;
  const mark = of('blocker') > 0 ? 'blocked' : of('warning') > 0 ? 'warned' : 'noted';
  return (
    <div className={classes.bar} role="status" aria-label="Drift">
      <StateMark mark={mark}>
        {many(differences.length, 'difference')} since this was mapped
        {of('blocker') > 0 ? `, ${count(of('blocker'))} in the way of a run` : ''}
      </StateMark>
      <span className="quiet">Everything you mapped is kept.</span>
      <div className={classes.grow} />
      <Button size="compact-xs" variant="default" onClick={() => showDrift(!shown)}>
        {shown ? 'Back to the mapping' : 'Show what changed'}
      </Button>
    </div>
  );
}

/** What the project does not keep: the plan takes it as it is now. */
function Elsewhere(): React.JSX.Element {
  const [failed, setFailed] = useState(false);
  return (
    <div className={classes.bar} role="status" aria-label="Drift">
      <StateMark mark="noted">
        Tables and columns are as they were mapped; indexes, keys, defaults or checks of the source have changed.
      </StateMark>
      {failed ? <StateMark mark="blocked">The databases can’t be reached</StateMark> : null}
      <div className={classes.grow} />
      <Button size="compact-xs" variant="default" onClick={() => void acceptAll().catch(() => setFailed(true))}>
        Accept
      </Button>
    </div>
  );
}

function Rebound(): React.JSX.Element | null {
  const rebound = useFrom(driftStore, (state) => state.rebound);
  if (!rebound) return null;
  const { changes, misfits, idleRules } = rebound;
  return (
    <section className={classes.rebound} aria-label="Types for another kind of database">
      <div className={classes.line}>
        <StateMark mark={misfits.length > 0 ? 'blocked' : 'noted'}>
          Another kind of database: {many(changes.length, 'type')} proposed anew
          {misfits.length > 0 ? `, ${many(misfits.length, 'type')} of yours it does not have` : ''}
        </StateMark>
        <span className="quiet">Types that you chose stay. Undo leads back.</span>
        <div className={classes.grow} />
        <Button size="compact-xs" variant="default" onClick={() => tellRebound(null)}>
          Close
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <ul className={classes.changes} aria-label="What changed" tabIndex={0}>
        {misfits.map(({ table, column, type }) => (
          <li key={`m ${table} ${column}`}>
            <StateMark mark="blocked" />
            <span className="mono">
              {table}.{column}
            </span>
            <span>
              stays <span className="mono">{type}</span>: choose another
            </span>
          </li>
        ))}
        {idleRules.map(({ type }) => (
          <li key={`r ${type}`}>
            <StateMark mark="warned" />
            <span>
              The rule to <span className="mono">{type}</span> decides nothing here
            </span>
          </li>
        ))}
        {changes.slice(0, MOST).map(({ table, column, from, to }) => (
          <li key={`c ${table} ${column}`}>
            <StateMark mark="noted" />
            <span className="mono">
              {table}.{column}
            </span>
            <span className="mono">
              <span className="quiet">{from} →</span> {to}
            </span>
          </li>
        ))}
        {changes.length > MOST ? <li className="quiet">and {many(changes.length - MOST, 'more', 'more')}</li> : null}
      </ul>
    </section>
  );
}

const MOST = 200;
