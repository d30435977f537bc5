// How Run and Report stand for the migration at hand: from its run that is watched, else from its last one in the history.

import { assertNever } from '../../../shared/errors.ts';
import type { RunState as Ending, RunSummary } from '../../../shared/model/run.ts';
import { wholeOf } from '../../../shared/progress-figures.ts';
import type { RunState } from './run.ts';
import type { StageState } from './stage-state.ts';
import type { Verdicts } from './verdicts.ts';

export interface RunStates {
  readonly run: Pick<RunState, 'run' | 'own' | 'progress' | 'error'>;
  readonly running: boolean;
  /** The last run of the migration at hand, as the history has it. */
  readonly last: Pick<RunSummary, 'run' | 'state'> | null;
  readonly verdicts: Readonly<Record<string, Verdicts>>;
  /** The engine does not answer. */
  readonly lost: boolean;
}

export function ran(states: RunStates): StageState {
  const { run, running, lost } = states;
  if (running && (run.own || run.run === null) && !run.error) {
    return lost ? { kind: 'unknown' } : { kind: 'running', percent: Math.floor(wholeOf(run.progress) * 100) };
  }
  if (run.error) return { kind: 'failed', what: 'failed' };
  const end = ended(states);
  return end ? byEnd(end.state, { kind: 'ok' }) : { kind: 'todo' };
}

export function reported(states: RunStates): StageState {
  const end = ended(states);
  if (!end) return { kind: 'todo' };
  if (end.state !== 'published') return byEnd(end.state, { kind: 'todo' });
  const { ofRun = end.verdict, again } = states.verdicts[end.run] ?? {};
  const verdict = again ?? ofRun;
  if (verdict === null) return { kind: 'todo' };
  if (verdict === 'partial') return { kind: 'partial' };
  return verdict === 'verified' ? { kind: 'ok' } : { kind: 'failed', what: verdict };
}

/** How the last run of this migration ended: the one that was watched, else as the history has it. */
function ended({ run: { own, run, progress }, last }: RunStates) {
  const { finished } = progress;
  if (own && run !== null && finished) return { run, state: finished.state, verdict: finished.verdict };
  return last ? { run: last.run, state: last.state, verdict: null } : null;
}

function byEnd(state: Ending, published: StageState): StageState {
  switch (state) {
    case 'published':
      return published;
    case 'undone':
      return { kind: 'undone' };
    case 'held':
    case 'interrupted':
    case 'unknown':
      return { kind: 'open', what: state };
    case 'running':
    case 'rehearsed':
      return { kind: 'todo' };
    case 'rolled back':
    case 'refused':
      return { kind: 'failed', what: state };
    default:
      return assertNever(state);
  }
}
