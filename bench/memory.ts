// Memory: Drover's peak for a table of rows of 1 kB, from and to each engine, against the limit that it promises.

import { join } from 'node:path';
import { missingIn } from './contenders/arrived.ts';
import { runDrover } from './contenders/drover.ts';
import { type BenchContext, filledSources, pairsOf, withDatabase } from './context.ts';
import { prepare } from './data/prepare.ts';
import { wide } from './data/wide.ts';
import type { Address, Engine } from './engines.ts';
import { figureOf } from './figures.ts';

/** Bytes resident, of the whole process. */
export const MEMORY_LIMIT = 300_000_000;

export function memoryRows({ full }: { readonly full: boolean }): number {
  return full ? 1_000_000 : 200_000;
}

export async function measureMemory(context: BenchContext): Promise<void> {
  const { options, folder, signal } = context;
  const set = wide(memoryRows(options));
  const pairs = memoryPairs(context);
  context.say(`Writing ${set.tables[0]!.rows} rows of 1 kB`);
  const prepared = await prepare(set, join(folder, 'rows'), signal);
  const sources = await filledSources(context, prepared, new Set(pairs.map(([source]) => source)));
  for (const [source, target] of pairs) {
    context.say(`Memory: ${source.name} → ${target.name}`);
    await withDatabase(target, (address) => measureOne(context, prepared.set, sources.get(source.name)!, address));
  }
  for (const [source] of new Map(pairs)) await source.drop(sources.get(source.name)!);
}

/** Each engine once as source and once as target, unless all pairs or some pairs were asked for. */
function memoryPairs(context: BenchContext): readonly (readonly [Engine, Engine])[] {
  const { engines, options } = context;
  if (options.full || options.pairs) return pairsOf(context);
  return engines.map((source, i) => [source, engines[(i + 1) % engines.length]!] as const);
}

async function measureOne(
  { options, folder, signal, figures }: BenchContext,
  set: ReturnType<typeof wide>,
  source: Address,
  target: Address,
): Promise<void> {
  const outcome = await runDrover(
    source,
    target,
    { home: join(folder, 'home'), workers: options.workers, profile: options.profile },
    signal,
  );
  const failure = outcome.failure ?? (await missingIn(target, set));
  const rows = set.tables[0]!.rows;
  figures.push(
    figureOf({ part: 'memory', source: source.engine, target: target.engine, round: 1, rows }, { ...outcome, failure }),
  );
}
