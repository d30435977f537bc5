// The lock beside a target file: whoever lives holds it, and nobody else.

import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLock } from '../../src/engine/dialects/sqlite/lock.ts';

const seen = new Int32Array(new SharedArrayBuffer(4));
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-lock-'));
  file = join(folder, 'data.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const locked = { data: { code: 'run.target-locked' } };
const take = (): FileLock => {
  const lock = new FileLock(file, { id: 'abcdefghijkl', epoch: 1 });
  lock.take();
  return lock;
};

test('a second run is refused until the first lets go', () => {
  const first = take();
  expect(take).toThrow(expect.objectContaining({ data: expect.objectContaining(locked.data) }));
  first.release();
  take().release();
  expect(existsSync(`${file}.drover-lock`)).toBe(false);
});

test('the lock of a process that is dead is no lock', () => {
  writeFileSync(`${file}.drover-lock`, JSON.stringify({ pid: 2 ** 22 + 1, began: null, host: hostname(), run: 'x' }));
  take().release();
});

test('a file that names nobody yet is held, and after a while is not', () => {
  writeFileSync(`${file}.drover-lock`, '');
  expect(take).toThrow(expect.objectContaining({ data: expect.objectContaining(locked.data) }));
  const before = new Date(Date.now() - 60_000);
  utimesSync(`${file}.drover-lock`, before, before);
  take().release();
});

test('whoever looks at the lock finds its holder in it', async () => {
  const looks = new Worker(
    `const { readFileSync } = require('node:fs');
     const { workerData, parentPort } = require('node:worker_threads');
     const { file, seen } = workerData;
     let empty = 0;
     while (Atomics.load(seen, 0) === 0) {
       try { if (readFileSync(file, 'utf8') === '') empty++; } catch {}
     }
     parentPort.postMessage(empty);`,
    { eval: true, workerData: { file: `${file}.drover-lock`, seen } },
  );
  await once(looks, 'online');
  for (let i = 0; i < 5000; i++) take().release();
  const told = once(looks, 'message');
  Atomics.store(seen, 0, 1);
  expect(await told).toEqual([0]);
});

test('what a process left that was killed while it made a lock is swept away', () => {
  const left = `${file}.drover-lock.${2 ** 22 + 1}@${hostname()}`;
  const alive = `${file}.drover-lock.${process.ppid}@${hostname()}`;
  // Whether it lives only its own machine knows.
  const elsewhere = `${file}.drover-lock.${2 ** 22 + 1}@another`;
  for (const each of [left, alive, elsewhere]) writeFileSync(each, '');
  take().release();
  expect([left, alive, elsewhere].map((each) => existsSync(each))).toEqual([false, true, true]);
});
