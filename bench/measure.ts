// Runs a program and measures it: wall time, processor time and peak memory of it and its children.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Text for its standard input. */
  readonly input?: string;
}

export interface Measured {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processor time, user and system; null where this machine offers no way to know. */
  readonly cpu: number | null;
  /** Bytes resident at the peak; null as above. */
  readonly peak: number | null;
  readonly status: number | null;
  /** The end of what it wrote. */
  readonly output: string;
  readonly errors: string;
}

interface Usage {
  readonly cpu: number;
  readonly peak: number;
}

const TAIL = 64 * 1_024;

/** Aborting kills the program with all its children. */
export async function measure(program: Program, signal: AbortSignal): Promise<Measured> {
  signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'drover-bench-time-'));
  const usageFile = join(folder, 'usage');
  const time = gnuTime();
  const [command, ...args] = time
    ? [time, '-q', '-f', '%U %S %M', '-o', usageFile, program.command, ...program.args]
    : [program.command, ...program.args];
  const began = performance.now();
  const child = spawn(command!, args, {
    stdio: 'pipe',
    detached: true,
    env: { ...process.env, ...program.environment },
  });
  const kill = () => killGroup(child);
  signal.addEventListener('abort', kill, { once: true });
  const sampler = time || child.pid === undefined ? null : sample(child.pid);
  try {
    child.stdin.on('error', () => {});
    child.stdin.end(program.input ?? '');
    const [output, errors, status] = await Promise.all([tail(child.stdout), tail(child.stderr), exit(child)]);
    const wall = (performance.now() - began) / 1_000;
    signal.throwIfAborted();
    const usage = sampler ? sampler.stop() : parseUsage(usageFile);
    return { wall, cpu: usage?.cpu ?? null, peak: usage?.peak ?? null, status, output, errors };
  } finally {
    sampler?.stop();
    signal.removeEventListener('abort', kill);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two programs as one: their times together, the higher of their peaks, the first failure. */
export function oneAfterTheOther(one: Measured, two: Measured): Measured {
  const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    wall: one.wall + two.wall,
    cpu: add(one.cpu, two.cpu),
    peak: one.peak === null || two.peak === null ? null : Math.max(one.peak, two.peak),
    status: one.status === 0 ? two.status : one.status,
    output: two.output,
    errors: one.status === 0 ? two.errors : one.errors,
  };
}

/** How processor time and memory are measured here, in words. */
export function measuringMethod(): string {
  if (gnuTime()) return 'Processor time and peak memory are by GNU time';
  if (process.platform === 'linux') return 'Processor time and peak memory are sampled from /proc every 50 ms';
  return 'Processor time and peak memory are not measured: GNU time is not installed';
}

let found: string | null | undefined;

/** GNU time, told from the shells' and the BSDs' by what it understands. */
function gnuTime(): string | null {
  found ??=
    ['/usr/bin/time', '/usr/local/bin/gtime', '/opt/homebrew/bin/gtime'].find(
      (path) => spawnSync(path, ['-q', '-f', '%U %S %M', 'true']).status === 0,
    ) ?? null;
  return found;
}

function parseUsage(file: string): Usage | null {
  try {
    const [user, system, kilobytes] = readFileSync(file, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
    return { cpu: user! + system!, peak: kilobytes! * 1_024 };
  } catch {
    return null;
  }
}

const TICKS_PER_SECOND = 100;

/** What /proc tells of one process and the children it has waited for, looked at every 50 ms. */
function sample(pid: number): { stop(): Usage | null } {
  let last: Usage | null = null;
  const look = () => {
    try {
      // The name, in parentheses, may hold blanks: count from behind it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      const ticks = stat.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
      const high = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      if (high) last = { cpu: ticks / TICKS_PER_SECOND, peak: Number(high[1]) * 1_024 };
    } catch {
      // The process has ended, or there is no /proc: what was seen so far stands.
    }
  };
  const timer = setInterval(look, 50);
  return {
    stop() {
      clearInterval(timer);
      return last;
    },
  };
}

async function tail(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const piece of stream) {
    text += String(piece);
    if (text.length > 4 * TAIL) text = text.slice(-TAIL);
  }
  return text.slice(-TAIL);
}

function exit(child: ChildProcess): Promise<number | null> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', (status) => resolve(status));
  return promise;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
