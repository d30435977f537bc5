// Goes through classes and pairs, cycle by cycle, and keeps the tally.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from './drover.ts';
import type { Options, Wanted } from './options.ts';
import { randomOf } from './seed.ts';
import { type Servers, startServers } from './servers.ts';
import { makeSubject, pairName, type Subject } from './subject.ts';
import { Tally } from './table.ts';
import { type Timing, timed } from './timing.ts';

const BY_CHANCE = 20;

export interface Means {
  /** Drover's main module. */
  readonly entry: string;
  readonly say: (line: string) => void;
}

/** The databases of one pair, while cycles leave them as they were. */
interface Ground {
  readonly subject: Subject;
  readonly timing: Timing;
}

export async function faults(options: Options, { entry, say }: Means): Promise<Tally> {
  const scratch = mkdtempSync(join(tmpdir(), 'drover-faults-'));
  const tally = new Tally();
  for (const why of options.leftOut ?? []) say(`left out is ${why}`);
  const servers = await startServers();
  const until = Date.now() + options.minutes * 60_000;
  const grounds = new Map<string, Ground>();
  const compiled = join(scratch, 'compiled');
  const stageOf = (subject: Subject, words: string): Stage => ({
    ...{ entry, scratch, compiled, servers, subject },
    random: randomOf(words),
  });
  try {
    for (const { wanted, number } of cyclesOf(options)) {
      if (Date.now() > until || tally.has(options.until)) break;
      const { fault, from, to } = wanted;
      const pair = pairName(from, to);
      const seed = `${options.seed}-${number}`;
      const ground = grounds.get(pair) ?? (await layGround(wanted, servers, scratch, stageOf, tally));
      grounds.set(pair, ground);
      const began = performance.now();
      // Each pair begins with another variant: a few cycles see much of it.
      const turn = number + randomOf(`${fault.name} ${pair}`).below(1000);
      const result = await fault.cycle(stageOf(ground.subject, `${fault.name} ${pair} ${seed}`), ground.timing, turn);
      tally.add(fault.name, pair, seed, result);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      say(`${fault.name} ${pair} ${seed}: ${result.words}${result.struck ? '' : ' (not met)'}, ${seconds} s`);
      if (result.violations.length === 0) continue;
      for (const violation of result.violations) say(`  VIOLATION ${violation}`);
      say(`  see ${result.folder}`);
      // What is spoilt would spoil every cycle that follows.
      grounds.delete(pair);
      await ground.subject.drop();
    }
  } finally {
    for (const { subject } of grounds.values()) await subject.drop().catch(() => undefined);
    await servers.stop();
    if (tally.violations === 0) rmSync(scratch, { recursive: true, force: true });
  }
  return tally;
}

async function layGround(
  { from, to }: Wanted,
  servers: Servers,
  scratch: string,
  stageOf: (subject: Subject, words: string) => Stage,
  tally: Tally,
): Promise<Ground> {
  const subject = await makeSubject(from, to, { servers, scratch });
  // The very first loads code that all others find compiled.
  if (tally.cells.size === 0) await timed(stageOf(subject, 'warming up'));
  const { timing, result } = await timed(stageOf(subject, 'undisturbed'));
  tally.add('undisturbed', subject.pair, '-', { ...result, struck: true });
  if (result.violations.length > 0)
    throw new Error(`An undisturbed run of ${subject.pair}: ${result.violations.join('\n')}`);
  return { subject, timing };
}

/** The first of each class and pair, then the second of each: whoever stops early has seen something of everything. */
function* cyclesOf({ wanted, runs, first }: Options): Generator<{ wanted: Wanted; number: number }> {
  const left = wanted.map((each) => ({
    each,
    count: runs ?? each.fault.variants?.(each.from, each.to) ?? BY_CHANCE,
  }));
  const most = Math.max(...left.map(({ count }) => count));
  for (let number = first; number < first + most; number++) {
    for (const { each, count } of left) if (number < first + count) yield { wanted: each, number };
  }
}
