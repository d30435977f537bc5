// The history of runs: what an older Drover wrote is read, and a run whose process is gone is not called running.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/engine/run/store/store.ts';
import { type ProcessIdentity, thisProcess } from '../../src/engine/support/process.ts';

const require = createRequire(import.meta.url);
const stop = new Int32Array(new SharedArrayBuffer(4));

describe('the store', () => {
  let home: string;
  let store: Store;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'drover-store-'));
  });
  afterEach(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });

  const begun = async (process: ProcessIdentity) => {
    store = await openStore(home);
    const startedAt = new Date().toISOString();
    const run = {
      run: 'abc',
      project: 'p',
      source: 's',
      target: 't',
      startedAt,
      projectFile: '',
      options: {},
    };
    await store.createRun({ ...run, process });
    const { state } = await store.find('abc');
    expect((await store.runs())[0]!.state).toBe(state);
    return state;
  };

  it('calls a run running while its process lives', async () => {
    expect(await begun(thisProcess())).toBe('running');
  });

  it('calls it interrupted when that process is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await begun({ ...thisProcess(), pid })).toBe('interrupted');
    await store.finish('abc', 'published', 1);
    expect((await store.find('abc')).state, 'once it is over, nobody is asked').toBe('published');
  });

  it('finds its records where the data folder was moved to', async () => {
    await begun(thisProcess());
    await store.close();
    const elsewhere = `${home}-moved`;
    renameSync(home, elsewhere);
    store = await openStore(elsewhere);
    expect((await store.find('abc')).folder).toBe(join(elsewhere, 'runs', 'abc'));
    home = elsewhere;
  });

  it('ends when its report says that it did, so that both tell of the same time', async () => {
    await begun(thisProcess());
    await store.finish('abc', 'published', 1, '2026-11-20T10:00:08.250Z');
    expect((await store.find('abc')).finishedAt).toBe('2026-11-20T10:00:08.250Z');
  });

  it('waits for another process that writes, instead of failing', async () => {
    await begun(thisProcess());
    const writer = new Worker(
      `const { workerData: { database, module, stop }, parentPort } = require('node:worker_threads');
       const db = require(module)(database, { timeout: 5000 });
       const write = db.prepare('UPDATE runs SET rows = rows + 1');
       parentPort.postMessage('begun');
       while (Atomics.load(stop, 0) === 0) write.run();
       db.close();`,
      {
        eval: true,
        workerData: { database: join(home, 'drover.db'), module: require.resolve('better-sqlite3'), stop },
      },
    );
    await once(writer, 'message');
    try {
      for (let i = 0; i < 50; i++) {
        await store.takeUp('abc', thisProcess(), true);
        await store.tookBack('abc', ['a']);
      }
    } finally {
      Atomics.store(stop, 0, 1);
      await once(writer, 'exit');
    }
  });

  it.runIf(process.platform === 'linux')('is not deceived by a later process with the same number', async () => {
    expect(await begun({ ...thisProcess(), began: '1' })).toBe('interrupted');
  });

  it('claims nothing of a process on another machine', async () => {
    expect(await begun({ ...thisProcess(), pid: 2 ** 22 + 1, host: 'elsewhere' })).toBe('running');
  });

  it('opens the history of an older Drover', async () => {
    const older = new Database(join(home, 'drover.db'));
    older.exec(`
      CREATE TABLE runs (run text PRIMARY KEY, project text NOT NULL, source text NOT NULL, target text NOT NULL,
        state text NOT NULL, step text, started_at text NOT NULL, finished_at text, rows bigint NOT NULL DEFAULT '0',
        folder text NOT NULL, project_file text NOT NULL);
      CREATE TABLE journal (id integer PRIMARY KEY AUTOINCREMENT, run text NOT NULL REFERENCES runs (run),
        step text NOT NULL, state text NOT NULL, detail text, at text NOT NULL);
      INSERT INTO runs VALUES ('old', 'p', 's', 't', 'running', NULL, '2026-01-01', NULL, 0, 'f', '');
      PRAGMA user_version = 1`);
    older.close();
    store = await openStore(home);
    expect((await store.find('old')).state).toBe('running');
  });
});
