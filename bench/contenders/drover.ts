// Drover as a contender: one migration by its command line, measured from outside and by its own report.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Report, report } from '../../src/shared/model/report.ts';
import { type RunEvent, runEvent } from '../../src/shared/model/run.ts';
import type { Address } from '../engines.ts';
import { type Measured, measure } from '../measure.ts';
import type { Outcome } from './outcome.ts';

export const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
/** As people start it, with what it asks of node for its memory. */
export const LAUNCHER = fileURLToPath(new URL('../../drover', import.meta.url));

export interface DroverOptions {
  /** Where it keeps its journal and reports; thrown away afterwards. */
  readonly home: string;
  readonly workers: number | null;
  /** Folder for processor profiles; null for none. They slow it down. */
  readonly profile: string | null;
}

export async function runDrover(
  source: Address,
  target: Address,
  options: DroverOptions,
  signal: AbortSignal,
  /** Another program than this checkout's, or none. */
  entry: string | null = null,
): Promise<Outcome> {
  const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
  const plain = process.platform === 'win32' || entry !== null || options.profile !== null;
  const [command, ...before] = plain ? [process.execPath, ...profiling, entry ?? CLI] : [LAUNCHER];
  const workers = options.workers === null ? [] : ['--workers', String(options.workers)];
  const measured = await measure(
    {
      command,
      args: [...before, 'migrate', source.url, target.url, '--yes', '--json', ...workers],
      environment: {
        DROVER_HOME: options.home,
        ...(source.password === null ? {} : { DROVER_SOURCE_PASSWORD: source.password }),
        ...(target.password === null ? {} : { DROVER_TARGET_PASSWORD: target.password }),
      },
    },
    signal,
  );
  const evidence = readReport(measured);
  const failure = failureOf(measured, evidence);
  const seconds = (step: string) => evidence?.steps.find((each) => each.step === step)?.seconds ?? null;
  return {
    contender: 'Drover',
    measured,
    failure,
    phases: {
      plan: evidence && measured.wall - evidence.steps.reduce((sum, step) => sum + step.seconds, 0),
      copy: seconds('load'),
      index: seconds('index'),
      verify: seconds('verify'),
    },
  };
}

/** The report of the run that the last lines of --json speak of. */
function readReport({ output }: Measured): Report | null {
  const finished = output
    .split('\n')
    .map(eventOf)
    .findLast((event) => event?.kind === 'finished');
  if (finished?.kind !== 'finished') return null;
  try {
    return report.parse(JSON.parse(readFileSync(join(finished.folder, 'verification_report.json'), 'utf8')));
  } catch {
    return null;
  }
}

function eventOf(line: string): RunEvent | null {
  try {
    return runEvent.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function failureOf({ status, errors }: Measured, evidence: Report | null): string | null {
  if (status === 0 && evidence?.verdict === 'verified') return null;
  if (evidence?.error) return `${evidence.error.code}: ${evidence.error.message} ${evidence.error.cause ?? ''}`.trim();
  return `exit status ${status}: ${errors.trim().slice(-400)}`;
}
