// The lock beside a target file: whoever lives holds it, and nobody else.

import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileLock } from '../../src/engine/dialects/sqlite/lock.ts';

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
