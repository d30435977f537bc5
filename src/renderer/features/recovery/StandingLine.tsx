// What the target says of the run, in a sentence with its mark.

import { useEffect } from 'react';
import type { RunSummary } from '../../../shared/model/run.ts';
import { askStanding, standings } from '../../client/stores/standings.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';

export function StandingLine({ run }: { readonly run: RunSummary }): React.JSX.Element {
  const told = useFrom(standings, (all) => all[run.run] ?? null);
  // What failed for want of a password is asked again once that is given.
  useEffect(() => void askStanding(run, standings.getState()[run.run]?.state === 'failed'), [run]);
  switch (told?.state) {
    case 'told':
      return <StateMark mark="noted">{told.standing.words}</StateMark>;
    case 'failed':
      return <ErrorNote error={told.error} />;
    case 'asking':
    case undefined:
      return <StateMark mark="busy">Asking the target where the run stands.</StateMark>;
  }
}
