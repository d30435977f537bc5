// Drover as a process: started, watched, signalled, and what it wrote.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DroverErrorData } from '../../src/shared/errors.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What --json printed, line by line. */
  readonly records: readonly (RunEvent & Record<string, unknown>)[];
  readonly finished: Extract<RunEvent, { kind: 'finished' }> | null;
  /** The last error that was told. */
  readonly error: DroverErrorData | null;
}

export interface CliOptions {
  readonly sourcePassword?: string | null;
  readonly targetPassword?: string | null;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called for each line of standard output as it comes; may signal the process. */
  readonly onRecord?: (record: RunEvent, signal: Signal) => void;
  /** Called once it runs. */
  readonly onStart?: (signal: Signal) => void;
}

/** Sends the process a signal; does nothing once it has ended. */
export type Signal = (name: NodeJS.Signals) => void;

export interface Place {
  /** The program's main module. */
  readonly entry: string;
  /** Of the process; its data folder is `home` in it. */
  readonly folder: string;
  /** Hundreds of processes load the same code: it is kept here as Node has compiled it. */
  readonly compiled: string;
}

export async function runProcess(
  { entry, folder, compiled }: Place,
  args: readonly string[],
  { sourcePassword, targetPassword, environment, onRecord, onStart }: CliOptions,
): Promise<CliResult> {
  const { PATH = '', HOME = folder, TMPDIR } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      ...(TMPDIR ? { TMPDIR } : {}),
      DROVER_HOME: join(folder, 'home'),
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: compiled,
      ...(sourcePassword ? { DROVER_SOURCE_PASSWORD: sourcePassword } : {}),
      ...(targetPassword ? { DROVER_TARGET_PASSWORD: targetPassword } : {}),
      ...environment,
    },
  });
  const signal: Signal = (name) => child.kill(name);
  onStart?.(signal);
  let stdout = '';
  let stderr = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) onRecord?.(JSON.parse(line), signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', (code) => resolve(code));
  const status = await promise;
  const records = args.includes('--json') ? recordsOf(stdout) : [];
  return {
    status,
    stdout,
    stderr,
    records,
    finished: records.findLast((record) => record.kind === 'finished') as CliResult['finished'],
    error:
      (records.findLast((record) => record.kind === 'error') as { error?: DroverErrorData } | undefined)?.error ?? null,
  };
}

function recordsOf(stdout: string): CliResult['records'] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        throw new Error(`--json printed a line that is not JSON: ${line.slice(0, 200)}`);
      }
    });
}
