// Whole migrations of the shop: Drover on every pair, in turn with those who do the same; and how fast a source can be read at all.

import { join } from 'node:path';
import { missingIn } from './contenders/arrived.ts';
import { rawClient } from './contenders/clients.ts';
import { runDrover } from './contenders/drover.ts';
import { runRawRead } from './contenders/raw-read.ts';
import type { Rival } from './contenders/rival.ts';
import { rivalsOf } from './contenders/rivals.ts';
import { type BenchContext, filledSources, pairsOf, withDatabase } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { rowsOf } from './data/tables.ts';
import type { Address, Engine } from './engines.ts';
import { type Figure, figureOf } from './figures.ts';

export async function measurePairs(context: BenchContext, prepared: Prepared): Promise<void> {
  const pairs = pairsOf(context).map(([source, target]) => {
    const rivals = rivalsOf(source.name, target.name);
    for (const each of rivals) if ('absent' in each) context.absent.set(each.name, each.absent);
    return { source, target, rivals: rivals.filter((each) => 'run' in each) };
  });
  const sources = await filledSources(context, prepared, new Set(pairs.map(({ source }) => source)));
  for (let round = 1; round <= context.options.rounds; round++) {
    for (const source of sources.values()) await measureRead(context, 'raw', prepared, source, round);
    for (const { source, target, rivals } of pairs) {
      await measurePair(context, 'pairs', prepared, sources.get(source.name)!, target, round, rivals);
    }
  }
  for (const source of new Set(pairs.map((pair) => pair.source))) await source.drop(sources.get(source.name)!);
}

/** How fast the source's own client reads it, where it is installed. */
export async function measureRead(
  context: BenchContext,
  part: Figure['part'],
  { set }: Prepared,
  source: Address,
  round: number,
): Promise<void> {
  const client = rawClient(source.family);
  if (client === null) return;
  context.say(`Raw limit: reading ${source.engine} by ${client}`);
  const outcome = await runRawRead(client, source, set, context.signal);
  context.figures.push(
    figureOf({ part, set: set.name, source: source.engine, target: null, round, rows: rowsOf(set) }, outcome),
  );
}

/** Drover, and its rivals after it, each into a database of its own. */
export async function measurePair(
  context: BenchContext,
  part: Figure['part'],
  prepared: Prepared,
  source: Address,
  target: Engine,
  round: number,
  rivals: readonly Rival[],
): Promise<void> {
  const { folder, signal, options } = context;
  const own = { home: join(folder, 'home'), workers: options.workers, profile: options.profile };
  const drover: Rival = {
    name: 'Drover',
    proof: missingIn,
    run: (from, into) => runDrover(from, into, own, signal),
  };
  for (const { name, proof, run } of [drover, ...rivals]) {
    context.say(`${source.engine} → ${target.name}: ${name}`);
    await withDatabase(target, async (address) => {
      const outcome = await run(source, address, folder, signal);
      const failure = outcome.failure ?? (await proof(address, prepared.set));
      const subject = { part, set: prepared.set.name, source: source.engine, target: target.name, round };
      context.figures.push(figureOf({ ...subject, rows: rowsOf(prepared.set) }, { ...outcome, failure }));
    });
  }
}
