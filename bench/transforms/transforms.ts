// Transforms: how many rows a second one core takes through ten steps, from the source's file to a batch to be loaded.

import { join } from 'node:path';
import { makeLegacyShop } from '../../src/host/sample/legacy-shop.ts';
import { count } from '../../src/shared/format.ts';
import type { BenchContext } from '../context.ts';
import { type Chains, fiveColumns, oneColumn, unchanged } from './chains.ts';
import { ROWS_A_SECOND, type TransformFigure } from './figure.ts';
import { openPass, type Passing } from './pass.ts';

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
const PASSES = 10;

export async function measureTransforms(context: BenchContext): Promise<void> {
  const { folder, say, signal } = context;
  const file = join(folder, 'legacy-shop.db');
  say('Transforms: making the sample');
  await makeLegacyShop(file);
  for (const [chains, limit] of [
    [unchanged, null],
    [oneColumn, ROWS_A_SECOND],
    [fiveColumns, ROWS_A_SECOND],
  ] as const) {
    say(`Transforms: ${chains.what}`);
    const passing = await openPass(folder, file, chains, signal);
    try {
      context.transforms.push(await measureChains(context, passing, chains, limit));
    } finally {
      await passing.close();
    }
  }
}

async function measureChains(
  { options }: BenchContext,
  passing: Passing,
  { what }: Chains,
  limit: number | null,
): Promise<TransformFigure> {
  const { read, refused } = await passing.pass(1);
  // The compiler takes a while to know what is hot.
  await passing.pass(PASSES);
  const perCore: number[] = [];
  const perSecond: number[] = [];
  for (let round = 0; round < (options.quick ? QUICK_ROUNDS : ROUNDS); round++) {
    const began = performance.now();
    const used = process.cpuUsage();
    const { read: rows } = await passing.pass(PASSES);
    // All threads of the process, so that what the collector takes is in it.
    const { user, system } = process.cpuUsage(used);
    perCore.push(rows / ((user + system) / 1e6));
    perSecond.push(rows / ((performance.now() - began) / 1e3));
  }
  if (options.profile !== null) {
    await passing.pass(PASSES, join(options.profile, `transforms-${what.replaceAll(' ', '-')}.cpuprofile`));
  }
  return { what, data: `${count(read)} customers, ${count(refused)} refused`, perCore, perSecond, limit };
}
