// A store that changes ten times a second, told as often as is worth a drawing.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { subscribeSampled } from '../../src/renderer/client/sampled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('tells the first change at once, others by the clock, the last one always', () => {
  const store = createStore(() => ({ n: 0 }));
  const told: number[] = [];
  const stop = subscribeSampled(store, 1000, () => told.push(store.getState().n));
  for (let n = 1; n <= 35; n++) {
    store.setState({ n });
    vi.advanceTimersByTime(100);
  }
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told[0]).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toBe(35);
  vi.advanceTimersByTime(5000);
  store.setState({ n: 36 });
  vi.advanceTimersByTime(1);
  expect(told.at(-1), 'after a rest').toBe(36);
  stop();
  store.setState({ n: 37 });
  vi.advanceTimersByTime(5000);
  expect(told.at(-1)).toBe(36);
});

test('calls all whose time has come from one timer, so that they are drawn in one frame', () => {
  const store = createStore(() => ({ n: 0 }));
  const told = { half: 0, whole: 0 };
  const stops = [subscribeSampled(store, 500, () => told.half++), subscribeSampled(store, 1000, () => told.whole++)];
  const change = (n: number) => {
    store.setState({ n });
    return vi.getTimerCount();
  };
  vi.advanceTimersByTime(1000 - (performance.now() % 1000));
  expect(change(1), 'after a rest').toBe(1);
  // Into the second half of a second: both wait for its end.
  vi.advanceTimersByTime(600);
  expect(change(2)).toBe(1);
  const before = { ...told };
  vi.advanceTimersByTime(500);
  expect(told).toEqual({ half: before.half + 1, whole: before.whole + 1 });
  for (const stop of stops) stop();
});
