// Growth: the same shop with 1, 4 and 16 times the rows; time for a row and memory ought to stay as they are.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, filledSources, pairsOf } from './context.ts';
import { prepare } from './data/prepare.ts';
import { shop } from './data/shop.ts';
import { measurePair } from './pairs.ts';

export const GROWTH = [1, 4, 16] as const;

export async function measureGrowth(context: BenchContext): Promise<void> {
  const { folder, options, signal } = context;
  const pairs = pairsOf(context).filter(([source, target]) => source.name !== target.name);
  for (const times of GROWTH) {
    context.say(`Growth: ${times}×`);
    const files = join(folder, 'rows');
    // A quarter of what other parts work with, so that the largest is four times that.
    const prepared = await prepare(shop((options.scale / 4) * times), files, signal);
    const sources = await filledSources(context, prepared, new Set(pairs.map(([source]) => source)));
    for (let round = 1; round <= options.rounds; round++) {
      for (const [source, target] of pairs) {
        await measurePair(context, 'growth', prepared, sources.get(source.name)!, target, round, []);
      }
    }
    for (const source of new Set(pairs.map(([each]) => each))) await source.drop(sources.get(source.name)!);
    rmSync(files, { recursive: true });
  }
}
