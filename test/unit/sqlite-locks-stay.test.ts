// Locks on a file are the process's: no opening of it may give those back that another connection holds.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openToRead, openToWrite } from '../../src/engine/dialects/sqlite/connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-locks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WRITE = `
  const Database = require('better-sqlite3');
  try {
    new Database(process.argv[1], { timeout: 0 }).exec('INSERT INTO t VALUES (2)');
    console.log('written');
  } catch (error) {
    console.log(error.code);
  }`;

function writtenByAnother(path: string): string {
  return spawnSync(process.execPath, ['-e', WRITE, path], { encoding: 'utf8' }).stdout.trim();
}

test.each(['source', 'target'] as const)('another process is kept out while the %s is opened beside it', (side) => {
  const path = join(folder, `${side}.db`);
  const writer = openToWrite(path, true);
  try {
    writer.exec('CREATE TABLE t (id INTEGER)');
    expect(writtenByAnother(path)).toBe('written');
    writer.exec('BEGIN IMMEDIATE');
    openToRead(path, side).close();
    openToWrite(path, false).close();
    expect(writtenByAnother(path)).toBe('SQLITE_BUSY');
    writer.exec('COMMIT');
  } finally {
    writer.close();
  }
});
