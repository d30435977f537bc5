// The saga as a line to look at: how far it is filled, and how far it has run back.

import { assertNever } from '../../../../shared/errors.ts';
import { type StepName, stepNames } from '../../../../shared/model/run.ts';
import type { Progress, StepProgress } from '../../../../shared/progress.ts';

export type Stop =
  | 'ahead'
  /** Done before the run was taken up again. */
  | 'earlier'
  | 'acting'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'
  /** It has nothing of its own to undo, and the way back has passed it. */
  | 'passed'
  | 'not undone';

export interface SagaStop {
  readonly step: StepName;
  readonly stop: Stop;
  readonly detail: string | null;
  /** Seconds it took; null while it acts or when it never did. */
  readonly seconds: number | null;
}

export function sagaOf(steps: Progress['steps']): SagaStop[] {
  const all = stepNames.map((step) => ({ step, at: steps.get(step) ?? never }));
  // Compensation goes from the last step to the first: the lowest that it has reached.
  const reached = all.findIndex(({ at }) => isBack(at));
  const first = all.findIndex(({ at }) => at.state !== 'pending');
  return all.map(({ step, at }, i) => ({
    step,
    stop: i < first ? 'earlier' : stopOf(at, reached >= 0 && i > reached),
    detail: at.detail,
    seconds: at.startedAt !== null && at.finishedAt !== null ? Math.max(0, at.finishedAt - at.startedAt) / 1000 : null,
  }));
}

/** Past tense for what is behind, present for what is under way: said beside the mark. */
export function stopWords(stop: Stop): string {
  switch (stop) {
    case 'ahead':
      return '';
    case 'earlier':
      return 'done before';
    case 'acting':
      return 'at work';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'undoing':
      return 'undoing';
    case 'undone':
      return 'undone';
    case 'passed':
      return 'nothing of it is left';
    case 'not undone':
      return 'could not be undone';
    default:
      return assertNever(stop);
  }
}

const never: StepProgress = { state: 'pending', startedAt: null, finishedAt: null, detail: null };

function isBack({ state }: StepProgress): boolean {
  return state === 'compensating' || state === 'compensated' || state === 'not compensated';
}

function stopOf({ state }: StepProgress, behind: boolean): Stop {
  switch (state) {
    case 'pending':
      return 'ahead';
    case 'running':
      return 'acting';
    case 'done':
      return behind ? 'passed' : 'done';
    case 'failed':
      return 'failed';
    case 'compensating':
      return 'undoing';
    case 'compensated':
      return 'undone';
    case 'not compensated':
      return 'not undone';
    default:
      return assertNever(state);
  }
}
