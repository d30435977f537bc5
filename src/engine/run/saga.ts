// The saga: carries out steps in order, journals each intent before it acts, and compensates in reverse when one fails.

import type { DroverError } from '../../shared/errors.ts';
import type { StepName, StepState } from '../../shared/model/run.ts';
import { asDroverError } from '../support/failure.ts';

export interface Step<C> {
  readonly name: StepName;
  /** Does the step; the text it returns says what came of it. Must be safe to run again. */
  act(context: C): Promise<string | undefined>;
  /** Past the point where a cancel may stop the saga: what is published is confirmed and tidied up. */
  readonly uncancellable?: boolean;
  /** Undoes whatever of the step was done, also when it stopped half-way. Must be safe to run again. */
  compensate?(context: C): Promise<void>;
}

/** Told of every change of state; its promise resolves when the change is durable. */
export type Journal = (step: StepName, state: StepState, detail: string | null) => Promise<void>;

export type SagaOutcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'compensated'; readonly failedAt: StepName; readonly error: DroverError }
  | {
      readonly kind: 'not compensated';
      readonly failedAt: StepName;
      readonly error: DroverError;
      /** What could not be undone, in the order it was tried. */
      readonly failures: readonly { readonly step: StepName; readonly error: DroverError }[];
    };

/** A cancelled signal stops the saga before its next step; the step under way watches the signal itself. */
export async function runSaga<C>(
  steps: readonly Step<C>[],
  context: C,
  journal: Journal,
  signal: AbortSignal,
): Promise<SagaOutcome> {
  const begun: Step<C>[] = [];
  for (const step of steps) {
    try {
      if (!step.uncancellable) signal.throwIfAborted();
      await journal(step.name, 'running', null);
      begun.push(step);
      const detail = await step.act(context);
      await journal(step.name, 'done', detail ?? null);
    } catch (thrown) {
      const error = asDroverError(thrown);
      await journal(step.name, 'failed', error.message).catch(() => undefined);
      const failures = await compensate(begun.reverse(), context, journal);
      const failedAt = step.name;
      return failures.length === 0
        ? { kind: 'compensated', failedAt, error }
        : { kind: 'not compensated', failedAt, error, failures };
    }
  }
  return { kind: 'completed' };
}

/** Every step is tried, whatever happened to the one before it. */
async function compensate<C>(
  steps: readonly Step<C>[],
  context: C,
  journal: Journal,
): Promise<{ step: StepName; error: DroverError }[]> {
  const failures: { step: StepName; error: DroverError }[] = [];
  for (const step of steps) {
    if (!step.compensate) continue;
    try {
      await journal(step.name, 'compensating', null);
      await step.compensate(context);
      await journal(step.name, 'compensated', null);
    } catch (thrown) {
      const error = asDroverError(thrown);
      failures.push({ step: step.name, error });
      await journal(step.name, 'not compensated', error.message).catch(() => undefined);
    }
  }
  return failures;
}
