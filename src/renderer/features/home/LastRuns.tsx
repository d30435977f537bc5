// The last few runs, newest first; each leads to its report, or to itself while it goes on.

import { Button } from '@mantine/core';
import { count } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { go } from '../../client/stores/navigation.ts';
import { goToRun } from '../../client/stores/run.ts';
import { runsStore } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';
import { exactly, when } from '../../ui/format/moment.ts';
import { RunStateMark } from '../../ui/state/RunStateMark.tsx';
import classes from './home.module.css';
import { Route } from './Route.tsx';

const SHOWN = 8;
const nothing: readonly RunSummary[] = [];

export function LastRuns(): React.JSX.Element {
  const isRead = useFrom(runsStore, ({ runs }) => runs !== null);
  const runs = useFrom(runsStore, (state) => state.runs ?? nothing);
  return (
    <section className={classes.section} aria-label="Last runs">
      <div className={classes.sectionHead}>
        <h2>Last runs</h2>
        {runs.length > SHOWN ? (
          <Button size="compact-xs" variant="subtle" onClick={() => go({ at: 'history' })}>
            All {count(runs.length)} runs
          </Button>
        ) : null}
      </div>
      {runs.length === 0 ? (
        <p className="quiet">
          {isRead ? 'Each run leaves its report here, whether it was published or rolled back.' : ''}
        </p>
      ) : (
        <table className={classes.table}>
          <colgroup>
            <col style={{ width: '18%' }} />
            <col style={{ width: '42%' }} />
            <col style={{ width: 120 }} />
            <col style={{ width: 144 }} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th>Project</th>
              <th>Source → target</th>
              <th>Started</th>
              <th>State</th>
              <th className={classes.number}>Rows</th>
            </tr>
          </thead>
          <tbody>
            {runs.slice(0, SHOWN).map((run) => (
              <Row key={run.run} run={run} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ run: { run, project, source, target, state, startedAt, rows } }: { readonly run: RunSummary }) {
  return (
    <tr className={classes.live}>
      <td className="ellipsis">
        <button
          type="button"
          className={classes.open}
          title={project}
          aria-label={`${project}, run ${when(startedAt)}`}
          onClick={() => goToRun({ run, project })}
        >
          {project}
        </button>
      </td>
      <td>
        <Route source={source} target={target} />
      </td>
      <td title={exactly(startedAt)}>{when(startedAt)}</td>
      <td>
        <RunStateMark state={state} />
      </td>
      <td className={`mono ${classes.number}`}>{count(rows)}</td>
    </tr>
  );
}
