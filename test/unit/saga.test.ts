// The saga: order, journalled intent, compensation in reverse, and honesty about what could not be undone.

import { describe, expect, test } from 'vitest';
import { type Journal, runSaga, type SagaRules, type Step } from '../../src/engine/run/saga.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { StepName } from '../../src/shared/model/run.ts';

function scripted(failing: { act?: StepName; compensate?: StepName } = {}) {
  const log: string[] = [];
  const step = (name: StepName): Step<null> => ({
    name,
    async act() {
      log.push(`act ${name}`);
      if (failing.act === name) throw new DroverError('load.failed', `${name} broke`);
      return undefined;
    },
    async compensate() {
      log.push(`undo ${name}`);
      if (failing.compensate === name) throw new DroverError('connect.lost', `${name} stays`);
    },
  });
  const journal = async (name: StepName, state: string) => void log.push(`journal ${name} ${state}`);
  return { log, journal, steps: [step('stage'), step('load'), step('publish')] };
}

const rules = (journal: Journal, signal = new AbortController().signal): SagaRules => ({
  journal,
  signal,
  afterFailure: async () => 'compensate',
  rehearsal: false,
});

describe('saga', () => {
  test('journals the intent before each step acts', async () => {
    const { log, journal, steps } = scripted();
    expect(await runSaga(steps, null, rules(journal))).toEqual({ kind: 'completed' });
    expect(log.slice(0, 3)).toEqual(['journal stage running', 'act stage', 'journal stage done']);
  });

  test('compensates the failed step and all before it, last first', async () => {
    const { log, journal, steps } = scripted({ act: 'load' });
    const outcome = await runSaga(steps, null, rules(journal));
    expect(outcome).toMatchObject({ kind: 'compensated', failedAt: 'load', error: { code: 'load.failed' } });
    expect(log.filter((line) => line.startsWith('undo'))).toEqual(['undo load', 'undo stage']);
    expect(log).not.toContain('act publish');
  });

  test('goes on compensating when one compensation fails, and tells which', async () => {
    const { log, journal, steps } = scripted({ act: 'publish', compensate: 'load' });
    const outcome = await runSaga(steps, null, rules(journal));
    expect(outcome).toMatchObject({
      kind: 'not compensated',
      failures: [{ step: 'load', error: { code: 'connect.lost' } }],
    });
    expect(log.filter((line) => line.startsWith('undo'))).toEqual(['undo publish', 'undo load', 'undo stage']);
    expect(log).toContain('journal load not compensated');
  });

  test('a journal that can not write stops the saga before the step acts', async () => {
    const { log, steps } = scripted();
    const broken = async (name: StepName, state: string) => {
      if (name === 'load' && state === 'running') throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    const outcome = await runSaga(steps, null, rules(broken));
    expect(outcome).toMatchObject({ kind: 'compensated', error: { code: 'support.disk-full' } });
    expect(log).toEqual(['act stage', 'undo stage']);
  });

  test('a cancelled signal stops before the next step', async () => {
    const abort = new AbortController();
    const { log, journal, steps } = scripted();
    const cancelling: Step<null> = {
      name: 'load',
      act: async () => void abort.abort(new DroverError('run.cancelled', 'stop')) as undefined,
    };
    const outcome = await runSaga([steps[0]!, cancelling, steps[2]!], null, rules(journal, abort.signal));
    expect(outcome).toMatchObject({ kind: 'compensated', error: { code: 'run.cancelled' } });
    expect(log).not.toContain('act publish');
  });

  test('what is to be left stays as it is', async () => {
    const { log, journal, steps } = scripted({ act: 'load' });
    const outcome = await runSaga(steps, null, { ...rules(journal), afterFailure: async () => 'leave' });
    expect(outcome).toMatchObject({ kind: 'left', failedAt: 'load', error: { code: 'load.failed' } });
    expect(log.filter((line) => line.startsWith('undo'))).toEqual([]);
  });

  test('a rehearsal undoes what went well', async () => {
    const { log, journal, steps } = scripted();
    expect(await runSaga(steps, null, { ...rules(journal), rehearsal: true })).toEqual({ kind: 'rehearsed' });
    expect(log.filter((line) => line.startsWith('undo'))).toEqual(['undo publish', 'undo load', 'undo stage']);
  });

  test('a rehearsal that can not be undone says so', async () => {
    const { journal, steps } = scripted({ compensate: 'load' });
    const outcome = await runSaga(steps, null, { ...rules(journal), rehearsal: true });
    expect(outcome).toMatchObject({ kind: 'not compensated', failedAt: 'load', error: { code: 'connect.lost' } });
  });
});
