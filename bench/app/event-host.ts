// The app with a run under way that says 1,000,000 things: the engine's own event log, the real wire and page, but nothing is migrated.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rendererFolder, sampleUrl, workerUrl } from '../../src/cli/places.ts';
import { EventLog } from '../../src/engine/run/event-log.ts';
import { WATCH_PAUSE_MS } from '../../src/engine/supervising.ts';
import { newRunId } from '../../src/engine/support/ids.ts';
import { noKeychain } from '../../src/host/desk/secrets.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';
import { startWeb } from '../../src/web/start.ts';

export const EVENTS = 1_000_000;
const TABLES = 1000;
const ROWS = 1000;
/** So many at once, so often: all of them in some ten seconds. */
const BATCH = 1000;
const EVERY_MS = 10;

export interface EventHost {
  readonly url: string;
  /** Resolves when all was said, but for the end. */
  pour(): Promise<void>;
  close(): Promise<void>;
}

export async function startEventHost(scratch: string): Promise<EventHost> {
  const folder = mkdtempSync(join(scratch, 'events-'));
  const run = newRunId();
  const log = new EventLog();
  const host = withRun(openReal(join(folder, 'home')), run, log);
  const web = await startWeb({ host, rendererFolder: rendererFolder() });
  log.push({ kind: 'started', run, folder, at: now() });
  log.push({ kind: 'step', step: 'load', state: 'running', at: now() });
  return {
    url: web.url,
    async pour() {
      for (let sent = 0; sent < EVENTS; sent += BATCH) {
        for (let i = sent; i < sent + BATCH; i++) log.push(event(i));
        await sleep(EVERY_MS);
      }
    },
    async close() {
      log.end();
      await web.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openReal(home: string): Host {
  const keychain = noKeychain('');
  const places = { workerUrl: workerUrl(), sampleUrl: sampleUrl() };
  return openHost({ home, version: 'bench', environment: {}, keychain, ...places });
}

/** Knows one run, which is under way. */
function withRun(real: Host, run: string, log: EventLog): Host {
  const startedAt = now();
  const known = { run, project: 'events', source: 'sqlite:a', target: 'sqlite:b', startedAt };
  const answers: Readonly<Record<string, unknown>> = {
    runs: [{ ...known, state: 'running', step: 'load', finishedAt: null, rows: 0, folder: '' }],
    'run.active': [{ run, project: known.project, startedAt }],
  };
  return {
    call: (name, input) => (name in answers ? Promise.resolve(answers[name] as never) : real.call(name, input)),
    stream(name, input, signal) {
      if (name !== 'run.watch') return real.stream(name, input, signal);
      return log.watch((input as { after: number }).after, WATCH_PAUSE_MS, signal) as never;
    },
  };
}

/** One in five is a line of the log, the others tell how far a table is. */
function event(i: number): RunEvent {
  const at = now();
  if (i % 5 === 0) {
    const level = i % 500 === 0 ? 'warning' : 'info';
    return { kind: 'log', level, message: `Line ${i}: what a run says of the table t${i % TABLES}`, at };
  }
  const rows = Math.floor((i / EVENTS) * ROWS);
  return { kind: 'table', table: `t${i % TABLES}`, phase: 'loading', rows, bytes: rows * 100, estimate: ROWS, at };
}

function now(): string {
  return new Date().toISOString();
}
