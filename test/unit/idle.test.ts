// Worker threads that wait for their next work: which are taken again, and which end.

import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Idle, type Idler } from '../../src/engine/support/idle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Fake implements Idler {
  sound = true;
  ended = 0;
  readonly held: boolean[] = [];
  readonly worker = { ref: () => this.held.push(true), unref: () => this.held.push(false) } as unknown as Worker;
  end(): void {
    this.ended++;
  }
}

test('one that waits is taken again, and keeps no process alive meanwhile', async () => {
  const [idle, one] = [new Idle<Fake>(), new Fake()];
  await idle.keep(one);
  expect(one.held).toEqual([false]);
  expect(idle.take(() => false)).toBeNull();
  expect(idle.take()).toBe(one);
  expect(one.held).toEqual([false, true]);
  expect(idle.take()).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(one.ended).toBe(0);
});

test('one that waits in vain ends, and one too many', async () => {
  const idle = new Idle<Fake>();
  const three = [new Fake(), new Fake(), new Fake()];
  for (const each of three) await idle.keep(each);
  expect(three.map(({ ended }) => ended)).toEqual([1, 0, 0]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(three.map(({ ended }) => ended)).toEqual([1, 1, 1]);
  expect(idle.take()).toBeNull();
});

test('one that failed is not kept, and one that dies while it waits is not taken', async () => {
  const [idle, failed, dying] = [new Idle<Fake>(), new Fake(), new Fake()];
  failed.sound = false;
  await idle.keep(failed);
  expect(failed.ended).toBe(1);
  await idle.keep(dying);
  dying.sound = false;
  expect(idle.take()).toBeNull();
});
