// The thread of one micro-benchmark: alone, so that it does not pay for what others taught the compiler.

import { parentPort, workerData } from 'node:worker_threads';
import { calibrate } from './calibration.ts';
import { cases } from './cases.ts';

export interface MicroTimes {
  /** Processor microseconds a value: seconds for a million. One for each round. */
  readonly values: readonly number[];
  /** Of the calibration, made beside each round. */
  readonly calibrations: readonly number[];
}

const ROUNDS = 5;
const WARM_UP = 80_000;
/** Long enough for a clock that ticks every 4 milliseconds, as that of Linux may; so is a calibration. */
const ROUND = 40_000;

const { values, run, done } = cases.find(({ name }) => name === workerData)!.make();

const times = measure();
// Whoever hears of them ends the thread.
done?.();
parentPort!.postMessage(times);

function measure(): MicroTimes {
  let times = 1;
  for (let spent = 0; spent < WARM_UP; spent += used(() => repeat(times))) {
    if (used(() => repeat(times)) < ROUND) times *= 2;
  }
  calibrate();
  const each: number[] = [];
  const calibrations: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    calibrations.push(used(calibrate));
    each.push(used(() => repeat(times)) / (times * values));
  }
  return { values: each, calibrations };
}

function repeat(times: number): void {
  for (let time = 0; time < times; time++) run();
}

/** Microseconds of this thread on a processor. */
function used(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
