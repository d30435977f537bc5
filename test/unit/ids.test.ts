// Names of runs: they sort by time.

import { expect, test } from 'vitest';
import { isLater, newRunId } from '../../src/engine/support/ids.ts';

test('a run that begins a millisecond later has a later name', () => {
  const began = Date.now();
  for (let tries = 0; tries < 100; tries++) {
    const [first, second] = [newRunId(new Date(began)), newRunId(new Date(began + 1))];
    expect(first).toMatch(/^[0-9a-z]{12}$/);
    expect(isLater(second, first)).toBe(true);
  }
});
