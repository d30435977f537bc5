// The raw limit of each engine as a target: what no migration can beat by loading the same rows one table at a time.

import { missingIn } from './contenders/arrived.ts';
import { rawClient, runRaw } from './contenders/raw.ts';
import { type BenchContext, pairsOf, withDatabase } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { rowsOf } from './data/tables.ts';
import { figureOf } from './figures.ts';

export async function measureRaw(context: BenchContext, prepared: Prepared): Promise<void> {
  const targets = new Set(pairsOf(context).map(([, target]) => target));
  for (let round = 1; round <= context.options.rounds; round++) {
    for (const target of targets) {
      const client = rawClient(target.family);
      if (client === null) {
        if (round === 1) context.missing.push(`The raw limit of ${target.name}: its own client is not installed`);
        continue;
      }
      context.say(`Raw limit: ${target.name} by ${client}`);
      await withDatabase(target, async (address) => {
        const outcome = await runRaw(client, address, prepared, context.signal);
        const failure = outcome.failure ?? (await missingIn(address, prepared.set));
        context.figures.push(
          figureOf(
            { part: 'raw', source: null, target: target.name, round, rows: rowsOf(prepared.set) },
            { ...outcome, failure },
          ),
        );
      });
    }
  }
}
