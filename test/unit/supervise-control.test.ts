// What a person or the memory limit may do to a run under way: hold its workers, and let them go on.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createExecutor, type Executor } from '../../src/engine/pipeline/executor.ts';
import { Gate } from '../../src/engine/pipeline/gate.ts';
import { RunControl } from '../../src/engine/run/control.ts';
import { MemoryGovernor } from '../../src/engine/run/governor.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';

describe('the gate', () => {
  test('holds while it is closed, seen from both sides of the shared memory', async () => {
    const mine = new Gate();
    const theirs = new Gate(mine.memory);
    const { signal } = new AbortController();
    await theirs.pass(signal);
    mine.closed = true;
    let passed = false;
    const passing = theirs.pass(signal).then(() => {
      passed = true;
    });
    await sleep(120);
    expect(passed).toBe(false);
    mine.closed = false;
    await passing;
    expect(passed).toBe(true);
  });

  test('lets a cancelled worker go with the reason', async () => {
    const gate = new Gate();
    gate.closed = true;
    const cancelling = new AbortController();
    const passing = gate.pass(cancelling.signal);
    cancelling.abort(new Error('cancelled'));
    await expect(passing).rejects.toThrow('cancelled');
  });
});

/** Takes five batches for each order, one every few milliseconds while its gate is open. */
const WORKER = `
  import { parentPort, workerData } from 'node:worker_threads';
  const gate = new Int32Array(workerData.gate);
  parentPort.on('message', ({ kind, order }) => {
    if (kind !== 'order') return parentPort.postMessage({ kind: 'done', result: null });
    let batches = 0;
    const timer = setInterval(() => {
      if (Atomics.load(gate, 0) === 1) return;
      parentPort.postMessage({ kind: 'progress', progress: { rows: ++batches, bytes: 0 } });
      if (batches < 5) return;
      clearInterval(timer);
      parentPort.postMessage({ kind: 'done', result: null });
    }, 4);
  });`;

describe('the executor', () => {
  const order = {
    kind: 'profile',
    side: 'source',
    request: { table: { name: 'x', staging: null }, filter: null, questions: [] },
  } as const;
  const threeOrders = (executor: Executor, batches: number[]) =>
    Promise.all([0, 1, 2].map((number) => executor.run(order, { progress: () => void batches.push(number) })));

  test('lets as many workers go on as are allowed, the earliest first, and forgets none', async () => {
    const executor = createExecutor(new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`), 3);
    const batches: number[] = [];
    executor.allow(1);
    await threeOrders(executor, batches);
    expect(batches).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
    executor.allow(3);
    const together: number[] = [];
    await threeOrders(executor, together);
    expect(together.indexOf(2), 'all three at once').toBeLessThan(together.lastIndexOf(0));
    await executor.close();
  });

  test('holds all of them, however many are allowed', async () => {
    const executor = createExecutor(new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`), 3);
    const batches: number[] = [];
    executor.hold(true);
    const working = threeOrders(executor, batches);
    executor.allow(2);
    await sleep(60);
    expect(batches).toEqual([]);
    executor.hold(false);
    await working;
    expect(batches).toHaveLength(15);
    await executor.close();
  });
});

/** Tells how many orders it has had. */
const COUNTING_WORKER = `
  import { parentPort } from 'node:worker_threads';
  let orders = 0;
  parentPort.on('message', ({ kind }) => {
    if (kind === 'cancel') return;
    if (kind === 'order') orders++;
    parentPort.postMessage({ kind: 'done', result: kind === 'order' ? orders : null });
  });`;

describe('the threads of an executor that is closed', () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(COUNTING_WORKER)}`);
  const order = { kind: 'rows within', side: 'source', seconds: 1, sql: '' } as const;

  test('serve the next one, unless they were cancelled', async () => {
    const ordersSoFar = async (meanwhile?: (executor: Executor) => void): Promise<unknown> => {
      const executor = createExecutor(url, 1);
      const orders: unknown = await executor.run(order);
      meanwhile?.(executor);
      await executor.close();
      return orders;
    };
    expect(await ordersSoFar()).toBe(1);
    expect(await ordersSoFar((executor) => executor.cancel())).toBe(2);
    expect(await ordersSoFar()).toBe(1);
  });
});

describe('the memory governor', () => {
  test('takes one worker after the other away, down to one, and gives them back below nine tenths', () => {
    const governor = new MemoryGovernor(1000);
    expect(governor.look(900, 4)).toEqual({ workers: 4, changed: null });
    expect(governor.look(1001, 4)).toEqual({ workers: 3, changed: 'slower' });
    expect(governor.look(1001, 4)).toEqual({ workers: 2, changed: null });
    for (let i = 0; i < 5; i++) governor.look(2000, 4);
    expect(governor.look(2000, 4)).toEqual({ workers: 1, changed: null });
    expect(governor.look(950, 4)).toEqual({ workers: 1, changed: null });
    expect(governor.look(899, 4)).toEqual({ workers: 2, changed: null });
    expect(governor.look(899, 4)).toEqual({ workers: 3, changed: null });
    expect(governor.look(899, 4)).toEqual({ workers: 4, changed: 'as before' });
    expect(governor.look(899, 4)).toEqual({ workers: 4, changed: null });
  });

  test('one worker always goes on', () => {
    const governor = new MemoryGovernor(1);
    expect(governor.look(1000, 1)).toEqual({ workers: 1, changed: 'slower' });
    expect(governor.look(1000, 1)).toEqual({ workers: 1, changed: null });
  });
});

describe('pausing', () => {
  function controlled(): { control: RunControl; told: RunEvent[]; audited: string[] } {
    const told: RunEvent[] = [];
    const audited: string[] = [];
    const control = new RunControl({
      tell: (event) => told.push(event),
      audit: async (step, detail) => void audited.push(`${step}: ${detail}`),
    });
    return { control, told, audited };
  }

  test('is told, logged and written down, once each way', async () => {
    const { control, told, audited } = controlled();
    control.entered('load');
    await control.pause();
    await control.pause();
    await control.resume();
    await control.resume();
    expect(told.flatMap((event) => (event.kind === 'paused' ? [event.paused] : []))).toEqual([true, false]);
    expect(told.filter(({ kind }) => kind === 'log')).toHaveLength(2);
    expect(audited.map((entry) => entry.split(':')[0])).toEqual(['load', 'load']);
  });

  test('comes too late once the tables are verified', async () => {
    const { control, told, audited } = controlled();
    control.entered('publish');
    expect(await control.pause()).toBe(false);
    expect(told.map(({ kind }) => kind)).toEqual(['log']);
    expect(audited).toEqual([]);
  });
});
