// Starts a private database server under a warden, on a free port and in a folder of its own.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Order } from './warden.ts';

/** A running server: where it is, and how to end it. */
export interface RunningServer {
  /** With the administrator's name, without a password and without a database: `mysql://drover@127.0.0.1:33061/`. */
  readonly url: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** A server that may be killed: it comes back on the same data and port. */
export interface MortalServer extends RunningServer {
  /** Its first line is the number of the server's process. */
  readonly pidFile: string;
}

export interface ServerOwner {
  readonly uid: number;
  readonly gid: number;
}

/** Password of every test server: a canary that no file, log or screen of Drover may ever show. */
export const PASSWORD = 'canary-Xk7pQ2vZ';

/** A new folder that the server's own user may write in. */
export function serverFolder(name: string, owner: ServerOwner | null): string {
  const folder = mkdtempSync(join(tmpdir(), `drover-test-${name}-`));
  chmodSync(folder, 0o755);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/**
 * A server's own folder for temporary tables. Sharing /tmp is deadly: a MariaDB that starts removes every `#sql*` file
 * there, and one that runs then fails with error 6, or dies (10.11.19, `ha_maria::drop_table`).
 */
export function temporaryFolder(folder: string, owner: ServerOwner | null): string {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  if (owner) chownSync(temporary, owner.uid, owner.gid);
  return temporary;
}

/** The user a server must run as: null unless we are root, since servers refuse to run as root. */
export function ownerNamed(name: string): ServerOwner | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  if (id('-u').status !== 0) {
    execFileSync('groupadd', ['--system', '--force', name]);
    execFileSync('useradd', ['--system', '--no-create-home', '--gid', name, name]);
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) };
}

/** A TCP port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}

/** Starts the server and waits until its log says `ready`; `stop` ends it and deletes its folder. */
export async function launch(order: Order, ready: RegExp, patienceMs = 60_000): Promise<() => Promise<void>> {
  const warden = spawn(process.execPath, [fileURLToPath(new URL('warden.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  warden.stdin.write(`${JSON.stringify(order)}\n`);
  const stop = () => end(warden);

  const deadline = Date.now() + patienceMs;
  while (!ready.test(logOf(order))) {
    if (warden.exitCode !== null || Date.now() > deadline) {
      const log = logOf(order).slice(-2_000);
      await stop();
      throw new Error(`${order.command} did not start:\n${log}`);
    }
    await sleep(25);
  }
  // The run must not wait for the warden; the warden waits for the run.
  warden.unref();
  return stop;
}

function logOf(order: Order): string {
  try {
    return readFileSync(order.log, 'utf8');
  } catch {
    return '';
  }
}

async function end(warden: ChildProcess): Promise<void> {
  if (warden.exitCode !== null) return;
  warden.ref();
  const { promise, resolve } = Promise.withResolvers<void>();
  warden.once('exit', () => resolve());
  warden.stdin?.end();
  await promise;
}
