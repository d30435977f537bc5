// Transforms: how many rows a second one core takes through ten steps, from the source's file to a batch to be loaded.

import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { makeLegacyShop } from '../../src/host/sample/legacy-shop.ts';
import { count } from '../../src/shared/format.ts';
import type { BenchContext } from '../context.ts';
import { type Chains, fiveColumns, oneColumn, unchanged } from './chains.ts';
import { ROWS_A_SECOND, type TransformFigure } from './figure.ts';
import { openPass, type Passing } from './pass.ts';

const ROUNDS = 5;
const PASSES = 10;

export async function measureTransforms(context: BenchContext): Promise<void> {
  const { folder, say } = context;
  const file = join(folder, 'legacy-shop.db');
  say('Transforms: making the sample');
  await makeLegacyShop(file);
  for (const [chains, limit] of [
    [unchanged, null],
    [oneColumn, ROWS_A_SECOND],
    [fiveColumns, ROWS_A_SECOND],
  ] as const) {
    say(`Transforms: ${chains.what}`);
    const passing = await openPass(folder, file, chains);
    try {
      context.transforms.push(await measureChains(context, passing, chains, limit));
    } finally {
      await passing.close();
    }
  }
}

async function measureChains(
  { signal, options }: BenchContext,
  passing: Passing,
  { what }: Chains,
  limit: number | null,
): Promise<TransformFigure> {
  // The compiler takes a while to know what is hot.
  const { read, refused } = await passing.pass(signal);
  for (let warmUp = 1; warmUp < PASSES; warmUp++) await passing.pass(signal);
  const profile = options.profile === null ? null : await startProfile();
  const perCore: number[] = [];
  const perSecond: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const used = process.cpuUsage();
    let rows = 0;
    for (let pass = 0; pass < PASSES; pass++) rows += (await passing.pass(signal)).read;
    // All threads of the process, so that what the collector takes is in it.
    const { user, system } = process.cpuUsage(used);
    perCore.push(rows / ((user + system) / 1e6));
    perSecond.push(rows / ((performance.now() - began) / 1e3));
  }
  if (profile) await profile.save(join(options.profile!, `transforms-${what.replaceAll(' ', '-')}.cpuprofile`));
  return { what, data: `${count(read)} customers, ${count(refused)} refused`, perCore, perSecond, limit };
}

async function startProfile() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return {
    async save(file: string) {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, JSON.stringify(profile));
    },
  };
}
