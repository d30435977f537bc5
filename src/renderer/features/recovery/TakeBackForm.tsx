// Taking back a run that is not published, or that nobody could tell: what goes, and what stays.

import type { RunSummary } from '../../../shared/model/run.ts';
import { targetName } from '../../../shared/run-places.ts';
import { rollBack } from '../../client/stores/recovery.ts';
import { standings } from '../../client/stores/standings.ts';
import { useFrom } from '../../client/use-from.ts';
import { ConfirmDeed } from './ConfirmDeed.tsx';
import { StandingLine } from './StandingLine.tsx';

export function TakeBackForm({ run }: { readonly run: RunSummary }): React.JSX.Element {
  const told = useFrom(standings, (all) => all[run.run] ?? null);
  const stands = told?.state === 'told' ? told.standing.stands : null;
  return (
    <ConfirmDeed
      // What is published replaces tables of the target's own when it goes.
      name={stands === 'published' ? targetName(run.target) : null}
      act="Roll back to before"
      acting="Taking back what the run left."
      red
      ready={stands !== null}
      onConfirm={() => void rollBack(run, false)}
    >
      <StandingLine run={run} />
      {stands === null ? null : (
        <p>
          {stands === 'published'
            ? 'The tables that it had replaced come back from its backup, all at once or not at all, unless rows were written to the new ones since. '
            : 'What it had loaded is thrown away, with all that bears its name in the target. The target’s own tables stay as they are, and the source is not touched. '}
          It can’t be resumed after that; a new run begins from the start.
        </p>
      )}
    </ConfirmDeed>
  );
}
