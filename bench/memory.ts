// Memory: Drover's peak for a table of rows of 1 kB, from and to each engine, against the limit that it promises.

import { join } from 'node:path';
import { missingIn } from './contenders/arrived.ts';
import { runDrover } from './contenders/drover.ts';
import { type BenchContext, filledSources, pairsOf, ringOf, withDatabase } from './context.ts';
import { prepare } from './data/prepare.ts';
import { wide } from './data/wide.ts';
import type { Address } from './engines.ts';
import { figureOf } from './figures.ts';

/** Bytes resident, of the whole process. */
export const MEMORY_LIMIT = 300_000_000;

export function memoryRows({ full }: { readonly full: boolean }): number {
  return full ? 1_000_000 : 200_000;
}

export async function measureMemory(context: BenchContext): Promise<void> {
  const { options, folder, signal } = context;
  const set = wide(memoryRows(options));
  const pairs = options.full ? pairsOf(context) : ringOf(context);
  context.say(`Writing ${set.tables[0]!.rows} rows of 1 kB`);
  const prepared = await prepare(set, join(folder, 'rows'), signal);
  const sources = await filledSources(context, prepared, new Set(pairs.map(([source]) => source)));
  for (const [source, target] of pairs) {
    context.say(`Memory: ${source.name} → ${target.name}`);
    await withDatabase(target, (address) => measureOne(context, prepared.set, sources.get(source.name)!, address));
  }
  for (const [source] of new Map(pairs)) await source.drop(sources.get(source.name)!);
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
    figureOf(
      { part: 'memory', set: set.name, source: source.engine, target: target.engine, round: 1, rows },
      { ...outcome, failure },
    ),
  );
}
