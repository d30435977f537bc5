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
