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

export interface SagaRules {
  readonly journal: Journal;
  /** Aborted, it stops the saga before its next step; the step under way watches the signal itself. */
  readonly signal: AbortSignal;
  /** Whether what was done is undone after this failure, or left for whoever goes on with it. */
  readonly afterFailure: (step: StepName, error: DroverError) => Promise<'compensate' | 'leave'>;
  /** Carried out to prove that it can be undone: so it is, once all steps are done. */
  readonly rehearsal: boolean;
}

export type SagaOutcome =
  | { readonly kind: 'completed' }
  /** All went well, and was undone as wished. */
  | { readonly kind: 'rehearsed' }
  /** Everything stands where it was when the step failed. */
  | { readonly kind: 'left'; readonly failedAt: StepName; readonly error: DroverError }
  | { readonly kind: 'compensated'; readonly failedAt: StepName; readonly error: DroverError }
  | {
      readonly kind: 'not compensated';
      readonly failedAt: StepName;
      readonly error: DroverError;
      /** What could not be undone, in the order it was tried. */
      readonly failures: readonly Failure[];
    };

interface Failure {
  readonly step: StepName;
  readonly error: DroverError;
}

export async function runSaga<C>(
  steps: readonly Step<C>[],
  context: C,
  { journal, signal, afterFailure, rehearsal }: SagaRules,
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
      const error = wished(signal, asDroverError(thrown));
      const failedAt = step.name;
      await journal(step.name, 'failed', error.message).catch(() => undefined);
      if ((await afterFailure(failedAt, error)) === 'leave') return { kind: 'left', failedAt, error };
      const failures = await compensate(begun, context, journal);
      return failures.length === 0
        ? { kind: 'compensated', failedAt, error }
        : { kind: 'not compensated', failedAt, error, failures };
    }
  }
  if (!rehearsal) return { kind: 'completed' };
  const failures = await compensate(begun, context, journal);
  const [first] = failures;
  if (!first) return { kind: 'rehearsed' };
  return { kind: 'not compensated', failedAt: first.step, error: first.error, failures };
}

/** Of a step that a person's wish has stopped, the wish itself tells why. */
function wished(signal: AbortSignal, error: DroverError): DroverError {
  return signal.aborted && error.code === 'run.cancelled' ? asDroverError(signal.reason) : error;
}

/** In reverse; every step is tried, whatever happened to the one before it. */
async function compensate<C>(steps: readonly Step<C>[], context: C, journal: Journal): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const step of [...steps].reverse()) {
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
