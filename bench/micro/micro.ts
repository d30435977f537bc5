// Micro-benchmarks: what the pipeline's smallest pieces take of a processor, against a baseline.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { built } from '../built.ts';
import type { BenchContext } from '../context.ts';
import { describeMachine } from '../machine.ts';
import { middleOf } from '../transforms/figure.ts';
import { type Baseline, readBaseline, writeBaseline } from './baseline.ts';
import { cases } from './cases.ts';
import { type MicroFigure, microVerdict } from './figure.ts';
import type { MicroTimes } from './micro-thread.ts';

/** Others at work slow down the one or other. */
const ATTEMPTS = 3;

export async function measureMicro(context: BenchContext): Promise<void> {
  const { options, micro, say, signal } = context;
  const baseline = options.rebase ? null : readBaseline();
  const thread = await built(new URL('./micro-thread.ts', import.meta.url));
  say(`Micro: ${cases.length} cases, each in a thread of its own`);
  for (const { name } of cases) {
    const attempt = async () => beside(baseline, name, await timesOf(thread, name, signal));
    micro.push(await (options.rebase ? middleOne(attempt) : lastOne(attempt)));
  }
  if (!options.rebase) return;
  const { date, processor, system, versions } = describeMachine([]);
  const figures = Object.fromEntries(
    micro.map(({ what, seconds, calibration }) => [what, { seconds: rounded(seconds), calibration }]),
  );
  writeBaseline({ date, node: versions.node!, processor, system, figures });
  say('Micro: the baseline is written anew');
}

/** Of three attempts: a baseline that is too good or too bad misleads everybody behind it. */
async function middleOne(attempt: () => Promise<MicroFigure>): Promise<MicroFigure> {
  const figures: MicroFigure[] = [];
  while (figures.length < ATTEMPTS) figures.push(await attempt());
  return figures.toSorted((a, b) => relative(a) - relative(b))[ATTEMPTS >> 1]!;
}

/** What looks slower is measured again: only what stays so is. */
async function lastOne(attempt: () => Promise<MicroFigure>): Promise<MicroFigure> {
  let figure = await attempt();
  for (let more = 1; more < ATTEMPTS && microVerdict(figure) === 'slower'; more++) figure = await attempt();
  return figure;
}

function relative({ seconds, calibration }: MicroFigure): number {
  return seconds / calibration;
}

async function timesOf(thread: URL, name: string, signal: AbortSignal): Promise<MicroTimes> {
  const worker = new Worker(thread, { workerData: name, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  try {
    const [times] = (await once(worker, 'message', { signal })) as [MicroTimes];
    return times;
  } finally {
    await worker.terminate();
  }
}

function beside(baseline: Baseline | null, what: string, { values, calibrations }: MicroTimes): MicroFigure {
  const seconds = middleOf(values);
  const calibration = middleOf(calibrations);
  const then = baseline?.figures[what];
  if (!then) return { what, seconds, calibration, baseline: null, ratio: null };
  // Each round by the calibration beside it: both slow down together when others work.
  const ratio = middleOf(values.map((value, round) => value / calibrations[round]!));
  return {
    what,
    seconds,
    calibration,
    baseline: (then.seconds * calibration) / then.calibration,
    ratio: (ratio * then.calibration) / then.seconds,
  };
}

function rounded(seconds: number): number {
  return Number(seconds.toPrecision(4));
}
