// Unusual shapes: does a run fall off a cliff where rows are wide or long, or tables many?

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, filledSources, ringOf } from './context.ts';
import { prepare } from './data/prepare.ts';
import { shapes } from './data/shapes.ts';
import { rowsOf } from './data/tables.ts';
import { measurePair, measureRead } from './pairs.ts';
import { measureWrite } from './raw.ts';

export async function measureShapes(context: BenchContext): Promise<void> {
  const { folder, options, signal } = context;
  const pairs = ringOf(context);
  for (const set of shapes) {
    context.say(`Shapes: ${set.name}`);
    const files = join(folder, 'rows');
    const prepared = await prepare(set, files, signal);
    const sources = await filledSources(context, prepared, new Set(pairs.map(([source]) => source)));
    for (let round = 1; round <= options.rounds; round++) {
      if (rowsOf(set) > 0) {
        for (const source of sources.values()) await measureRead(context, 'shapes', prepared, source, round);
        const targets = new Set(pairs.map(([, each]) => each));
        for (const target of targets) await measureWrite(context, 'shapes', prepared, target, round);
      }
      for (const [source, target] of pairs) {
        await measurePair(context, 'shapes', prepared, sources.get(source.name)!, target, round, []);
      }
    }
    for (const source of new Set(pairs.map(([each]) => each))) await source.drop(sources.get(source.name)!);
    rmSync(files, { recursive: true });
  }
}
