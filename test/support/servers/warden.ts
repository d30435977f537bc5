// A process that keeps one database server: it ends the server and deletes its folder when the tests that wanted it are gone.
// It learns of their end by its standard input closing, so even a killed test run leaves nothing behind.

import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What to run, as one line of JSON on standard input. */
export interface Order {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly log: string;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** The signal that makes this server stop at once and in order. */
  readonly stop: 'SIGINT' | 'SIGTERM';
  /** A server that dies is started again on the same data, as a machine's own supervisor does. */
  readonly revive?: boolean;
}

const PATIENCE_MS = 8_000;
/** What is left of a killed server may still hold its memory or its port: then the next start fails, and another follows. */
const REVIVAL_PAUSE_MS = 200;

const input = createInterface({ input: process.stdin });
// The terminal's Ctrl-C reaches the whole group: the server is ended by the closing of the input, once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
input.once('line', (line) => keep(JSON.parse(line) as Order));

function keep(order: Order): void {
  const log = openSync(order.log, 'a');
  let server = start(order, log);
  let ending = false;

  const finish = () => {
    killGroup(server.pid, 'SIGKILL');
    rmSync(order.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    process.exit(0);
  };
  const watch = () => {
    server.once('error', () => process.exit(1));
    server.once('exit', () => {
      if (ending) finish();
      else if (order.revive) setTimeout(revive, REVIVAL_PAUSE_MS);
      else process.exit(1);
    });
  };
  const revive = () => {
    if (ending) return;
    server = start(order, log);
    watch();
  };
  watch();
  input.once('close', () => {
    ending = true;
    if (server.exitCode !== null || server.signalCode !== null) finish();
    server.kill(order.stop);
    setTimeout(finish, PATIENCE_MS);
  });
}

function start(order: Order, log: number): ChildProcess {
  return spawn(order.command, order.args, {
    stdio: ['ignore', log, log],
    detached: true,
    cwd: order.folder,
    env: { ...process.env, ...order.environment },
    ...(order.owner ?? {}),
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone: nothing is left to end.
  }
}
