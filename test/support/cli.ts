// Runs Drover's command line as a user would: a process, its exit status, and what it wrote.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { DroverErrorData } from '../../src/shared/errors.ts';
import type { RunEvent } from '../../src/shared/model/run.ts';
import { filesBelow, program } from './program.ts';
import { PASSWORD } from './servers/launch.ts';

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
  readonly onRecord?: (record: RunEvent, signal: (name: NodeJS.Signals) => void) => void;
}

/** A command line with a data folder of its own. */
export interface Cli {
  readonly folder: string;
  run(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  /** Files that Drover wrote here, or said anywhere, with a secret in them; must be empty. */
  leaks(): string[];
  close(): void;
}

export function openCli(): Cli {
  const folder = mkdtempSync(join(inject('scratch'), 'cli-'));
  const entry = program('cli');
  const said: string[] = [];
  return {
    folder,
    async run(args, options = {}) {
      const result = await runProcess(entry, folder, args, options);
      said.push(`${result.stdout}${result.stderr}`);
      return result;
    },
    leaks: () => [
      ...said.filter((text) => text.includes(PASSWORD)).map(() => 'standard output'),
      ...filesBelow(folder).filter((file) => readFileSync(file).includes(PASSWORD)),
    ],
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runProcess(
  entry: string,
  folder: string,
  args: readonly string[],
  { sourcePassword, targetPassword, environment, onRecord }: CliOptions,
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
      // Hundreds of processes load the same code.
      NODE_COMPILE_CACHE: join(inject('scratch'), 'compiled'),
      ...(sourcePassword ? { DROVER_SOURCE_PASSWORD: sourcePassword } : {}),
      ...(targetPassword ? { DROVER_TARGET_PASSWORD: targetPassword } : {}),
      ...environment,
    },
  });
  let stdout = '';
  let stderr = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) onRecord?.(JSON.parse(line), (name) => child.kill(name));
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
