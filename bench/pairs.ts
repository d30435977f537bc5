// Whole migrations of the shop: Drover on every pair, in turn with pgloader where that can do the same.

import { join } from 'node:path';
import { missingIn, missingRows } from './contenders/arrived.ts';
import { runDrover } from './contenders/drover.ts';
import type { Outcome } from './contenders/outcome.ts';
import { COPY_ONLY, pgloaderMoves, pgloaderVersion, runPgloader } from './contenders/pgloader.ts';
import { type BenchContext, filledSources, pairsOf, withDatabase } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { rowsOf } from './data/tables.ts';
import type { Address, Engine } from './engines.ts';
import { figureOf } from './figures.ts';

export async function measurePairs(context: BenchContext, prepared: Prepared): Promise<void> {
  const pairs = pairsOf(context);
  const pgloader = pgloaderVersion() !== null;
  if (!pgloader) context.missing.push('pgloader is not installed: Drover was not compared with it');
  const sources = await filledSources(context, prepared, new Set(pairs.map(([source]) => source)));
  for (let round = 1; round <= context.options.rounds; round++) {
    for (const [source, target] of pairs) {
      await measurePair(context, prepared, sources.get(source.name)!, target, round, pgloader);
    }
  }
  for (const [source] of new Map(pairs)) await source.drop(sources.get(source.name)!);
}

async function measurePair(
  context: BenchContext,
  prepared: Prepared,
  source: Address,
  target: Engine,
  round: number,
  pgloader: boolean,
): Promise<void> {
  const { folder, signal, options } = context;
  const rows = rowsOf(prepared.set);

  async function run(work: string, contend: (address: Address) => Promise<Outcome>): Promise<void> {
    context.say(`${source.engine} → ${target.name}: ${work}`);
    await withDatabase(target, async (address) => {
      const outcome = await contend(address);
      const proof = outcome.contender === COPY_ONLY ? missingRows : missingIn;
      const failure = outcome.failure ?? (await proof(address, prepared.set));
      context.figures.push(
        figureOf({ part: 'pairs', source: source.engine, target: target.name, round, rows }, { ...outcome, failure }),
      );
    });
  }

  const own = { home: join(folder, 'home'), workers: options.workers, profile: options.profile };
  await run('Drover', (address) => runDrover(source, address, own, signal));
  if (!pgloader || !pgloaderMoves(source.engine, target.name)) return;
  for (const work of ['whole', 'copy only'] as const) {
    await run(`pgloader, ${work}`, (address) => runPgloader(source, address, work, folder, signal));
  }
}
