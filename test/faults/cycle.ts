// One cycle: a migration that something happens to, the recovery, and the oracle's word on what came of it.

import { rmSync } from 'node:fs';
import type { CliResult } from '../support/process.ts';
import {
  type Drover,
  NOTHING,
  openDrover,
  type Recovery,
  type Stage,
  type Strike,
  standsInPublish,
  type TimedRecord,
} from './drover.ts';
import { observe } from './observer.ts';
import { arrived, asBefore, nothingLeft, sourceUntouched } from './oracle.ts';
import { untilBack } from './servers.ts';

export interface Result {
  readonly words: string;
  /** Empty where all that was promised was kept. */
  readonly violations: readonly string[];
  /** Whether what should happen did. */
  readonly struck: boolean;
  /** It happened after publishing was begun and before it was known to be done. */
  readonly insidePublish: boolean;
  /** Of the observer. */
  readonly looks: number;
  /** Kept where something is wrong. */
  readonly folder: string;
  readonly told: readonly TimedRecord[];
}

type Story = Pick<Result, 'words' | 'violations'> & Partial<Pick<Result, 'insidePublish'>>;

export interface CycleOptions {
  /** What happens to the recoveries before the last. */
  readonly again?: readonly Strike[];
  /** What is given to `migrate` beside the usual. */
  readonly options?: readonly string[];
}

/** Most classes: one process is struck, then it is resumed or rolled back. */
export function cycle(stage: Stage, strike: Strike, { again = [], options = [] }: CycleOptions = {}): Promise<Result> {
  return watched(stage, async (drover) => {
    const first = await drover.migrate(strike, ['--workers', stage.random.pick(['1', '2']), ...options]);
    const [run] = drover.runs();
    const insidePublish = run !== undefined && standsInPublish(drover, run);
    const { words, violations } = await concluded(stage, drover, run, [first], again);
    return { words: [strike.words, ...words].join(', '), violations, insidePublish };
  });
}

/** With an observer at the target all the time; afterwards both databases are as they were, and nothing is left. */
export async function watched(
  stage: Stage,
  story: (drover: Drover) => Promise<Story>,
  otherWorlds: readonly string[] = [],
): Promise<Result> {
  const { subject } = stage;
  const drover = openDrover(stage);
  const observer = observe(subject.target, otherWorlds);
  const violations: string[] = [];
  const keeping = async (faults: () => Promise<readonly string[]>): Promise<void> => {
    violations.push(...(await faults().catch((error: Error) => [`the suite itself failed: ${error.stack}`])));
  };
  let told: Story = { words: 'nothing came of it', violations: [] };
  await keeping(async () => {
    told = await story(drover);
    return told.violations;
  });
  await keeping(async () => drover.hung().map((command) => `${command} did not end`));
  const { looks, mixed } = await observer.end();
  await keeping(async () => mixed.map((what) => `seen during the run: ${what}`));
  await keeping(() => asBefore(subject));
  await keeping(() => sourceUntouched(subject));
  await keeping(() => nothingLeft(subject, { ...drover, runs: drover.runs() }));
  if (violations.length === 0) rmSync(drover.folder, { recursive: true, force: true });
  const { words, insidePublish = false } = told;
  return { words, insidePublish, violations, struck: drover.struck(), looks, folder: drover.folder, told: drover.told };
}

/** How a run stands by what the last command said. */
type Ended = 'published' | 'as before' | 'open';

/** Brings a run to its end after what its processes said, and takes it back where it published. */
export async function concluded(
  stage: Stage,
  drover: Drover,
  run: string | undefined,
  results: readonly CliResult[],
  again: readonly Strike[] = [],
): Promise<{ readonly words: readonly string[]; readonly violations: readonly string[] }> {
  const violations = results.flatMap(faultsOf);
  const words: string[] = [];
  await serversAreBack(stage);
  if (run === undefined) return { words, violations };
  let ended = endOfAll(results);
  for (const next of [...again, NOTHING]) {
    if (ended !== 'open') break;
    const how = stage.random.pick<Recovery>(['resume', 'rollback']);
    words.push(next === NOTHING ? how : `${how} under ${next.words}`);
    const result = await drover.recover(how, run, next);
    await serversAreBack(stage);
    violations.push(...faultsOf(result));
    ended = isNoRun(result) ? 'as before' : (overBefore(result) ?? endAfter(how, result));
    if (how === 'resume' && next === NOTHING && ended === 'as before' && !isNoRun(result) && !overBefore(result)) {
      violations.push(`resume did not publish: ${saying(result)}`);
    }
    if (next === NOTHING && ended === 'open') violations.push(`${how} did not bring it to an end: ${saying(result)}`);
  }
  if (ended === 'published') {
    violations.push(...(await arrived(stage.subject)));
    const back = await drover.recover('rollback', run);
    if (back.status !== 0) violations.push(`the published run can't be rolled back: ${saying(back)}`);
  }
  return { words, violations };
}

/** How an earlier process had ended it, before it was killed; null where it had not. What is true of it is looked at. */
function overBefore({ error }: CliResult): Ended | null {
  if (error?.code !== 'run.not-resumable' && error?.code !== 'run.nothing-to-roll-back') return null;
  if (error.cause?.includes('state is: published')) return 'published';
  return error.cause?.includes('state is: rolled back') ? 'as before' : null;
}

/** Of several processes that had the run, one that published has the last word, and one that was taken over has none. */
function endOfAll(results: readonly CliResult[]): Ended {
  const ends = results.filter(({ error }) => error?.code !== 'run.taken-over').map(endOf);
  if (ends.includes('published')) return 'published';
  return ends.length === 0 || ends.includes('open') ? 'open' : 'as before';
}

function endOf({ finished }: CliResult): Ended {
  switch (finished?.state) {
    case 'published':
      return 'published';
    case 'rolled back':
    case 'refused':
      return 'as before';
    default:
      return 'open';
  }
}

function endAfter(how: Recovery, result: CliResult): Ended {
  if (how !== 'rollback') return result.finished ? endOf(result) : 'open';
  return result.status === 0 ? 'as before' : 'open';
}

/** Killed processes say nothing; the others must have said what the matter was, and what to do. */
function faultsOf(result: CliResult): string[] {
  if (result.status === null || result.status === 0) return [];
  const { error } = result;
  if (!error) return [`status ${result.status} without an error: ${result.stderr.slice(-300)}`];
  const faults: string[] = [];
  if (error.code === 'support.internal') faults.push(`an error that nobody foresaw: ${saying(result)}`);
  if (NEVER.includes(error.code)) faults.push(`rows were lost or doubled on their way: ${saying(result)}`);
  if (!error.hint) faults.push(`an error without a hint: ${saying(result)}`);
  return faults;
}

/** Source and target never differ in truth: whoever finds a difference was misled by the engine. */
const NEVER = ['verify.different', 'load.count', 'index.failed'];

/** Killed before it was written into the history, and so before anything was touched. */
function isNoRun({ error }: CliResult): boolean {
  return error?.code === 'run.no-such-run';
}

async function serversAreBack({ servers, subject: { source, target } }: Stage): Promise<void> {
  for (const { server } of [source, target]) if (server !== 'sqlite') await untilBack(server, servers[server]);
}

function saying({ status, error, stderr }: CliResult): string {
  return error ? `${status} ${error.code}: ${error.message} ${error.cause ?? ''}` : `${status} ${stderr.slice(-300)}`;
}
