// Whether a process still lives: one that was killed does not, even while nobody has taken notice of its end.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isAlive, thisProcess } from '../../src/engine/support/process.ts';

test('this one lives, and none that had its number before', () => {
  expect(isAlive(thisProcess())).toBe(true);
  if (process.platform === 'linux') expect(isAlive({ ...thisProcess(), began: '1' })).toBe(false);
});

test('one of another machine counts as alive', () => {
  expect(isAlive({ pid: 2 ** 22 + 1, began: null, host: `not-${hostname()}` })).toBe(true);
});

// In a container without an init, nobody does for as long as it runs.
test.runIf(process.platform === 'linux')('one that ended, and whose end nobody waits for, is dead', async () => {
  // The shell becomes a `sleep`, which never asks what became of its child.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = { pid: Number(String(said)), began: null, host: hostname() };
    expect(isAlive(child)).toBe(true);
    await sleep(800);
    // It is still there for the system.
    process.kill(child.pid, 0);
    expect(isAlive(child)).toBe(false);
  } finally {
    parent.kill('SIGKILL');
    await once(parent, 'close');
  }
});
