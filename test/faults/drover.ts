// Drover under attack: a data folder of its own, the commands that the suite gives, and what they said.

import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../src/shared/model/run.ts';
import { type CliResult, runProcess, type Signal } from '../support/process.ts';
import type { Random } from './seed.ts';
import type { Servers } from './servers.ts';
import type { Subject } from './subject.ts';

export interface Stage {
  /** Drover's main module. */
  readonly entry: string;
  readonly scratch: string;
  /** The code that processes load, as Node has compiled it. */
  readonly compiled: string;
  readonly servers: Servers;
  readonly subject: Subject;
  readonly random: Random;
}

/** What happens to a process of Drover, and when. `hit` is called when it happens. */
export interface Strike {
  readonly words: string;
  readonly environment?: Readonly<Record<string, string>>;
  start?(signal: Signal, hit: () => void): void;
  record?(record: RunEvent, signal: Signal, hit: () => void): void;
  /** When the process has ended: takes away whatever is still set up. */
  end?(): Promise<void> | void;
}

export const NOTHING: Strike = { words: 'nothing' };

export interface TimedRecord {
  readonly record: RunEvent;
  /** Milliseconds since the process was started. */
  readonly at: number;
}

export interface Drover {
  readonly folder: string;
  /** All that was written to a terminal. */
  readonly said: readonly string[];
  /** What the first process told, and when. */
  readonly told: readonly TimedRecord[];
  struck(): boolean;
  /** Commands that had to be ended because they did not end. */
  hung(): readonly string[];
  /** Runs that have a folder. */
  runs(): readonly string[];
  migrate(strike: Strike, options?: readonly string[]): Promise<CliResult>;
  recover(how: Recovery, run: string, strike?: Strike): Promise<CliResult>;
}

export type Recovery = 'resume' | 'rollback' | 'take-over' | 'publish';

/** A process that takes longer hangs: it is killed, and what follows says so. */
const PATIENCE_MS = 180_000;

export function openDrover({ entry, scratch, compiled, subject: { source, target } }: Stage): Drover {
  const folder = mkdtempSync(join(scratch, 'cycle-'));
  const said: string[] = [];
  const told: TimedRecord[] = [];
  const hung: string[] = [];
  let struck = false;
  const hit = (): void => {
    struck = true;
  };

  const run = async (args: readonly string[], strike: Strike, telling: TimedRecord[] | null): Promise<CliResult> => {
    const began = performance.now();
    let patience: NodeJS.Timeout | undefined;
    const result = await runProcess({ entry, folder, compiled }, args, {
      sourcePassword: source.password,
      targetPassword: target.password,
      environment: { TMPDIR: folder, ...strike.environment },
      onStart(signal) {
        patience = setTimeout(() => {
          hung.push(args[0]!);
          signal('SIGKILL');
        }, PATIENCE_MS);
        strike.start?.(signal, hit);
      },
      onRecord(record, signal) {
        telling?.push({ record, at: performance.now() - began });
        strike.record?.(record, signal, hit);
      },
    });
    clearTimeout(patience);
    // By itself, where a hook from outside does it.
    if (result.status === null) struck = true;
    await strike.end?.();
    said.push(`${result.stdout}${result.stderr}`);
    return result;
  };

  return {
    folder,
    said,
    told,
    struck: () => struck,
    hung: () => hung,
    runs() {
      const runs = join(folder, 'home', 'runs');
      return existsSync(runs) ? readdirSync(runs) : [];
    },
    migrate: (strike, options = []) =>
      run(['migrate', source.told, target.told, '--mode', 'replace', '--yes', '--json', ...options], strike, told),
    recover: (how, name, strike = NOTHING) => run(argumentsOf(how, name), strike, null),
  };
}

function argumentsOf(how: Recovery, run: string): string[] {
  switch (how) {
    case 'resume':
      return ['resume', run, '--json'];
    case 'take-over':
      return ['resume', run, '--take-over', '--json'];
    case 'publish':
      return ['publish', run, '--json'];
    case 'rollback':
      return ['rollback', run, '--yes', '--json'];
  }
}

/** Publishing was begun, and nobody knew yet that it was done. */
export function standsInPublish({ folder }: Drover, run: string): boolean {
  const log = join(folder, 'home', 'runs', run, 'audit.ndjson');
  if (!existsSync(log)) return false;
  const last = readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  // What has an object is a statement of it; without one the step itself is over.
  return last.includes('"step":"publish"') && (last.includes('"object"') || !last.includes('"state":"done"'));
}
