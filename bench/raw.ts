// The raw limit of each engine as a target: what no migration can beat by loading the same rows one table at a time.

import { missingIn } from './contenders/arrived.ts';
import { rawClient } from './contenders/clients.ts';
import { runRaw } from './contenders/raw.ts';
import { type BenchContext, pairsOf, withDatabase } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { rowsOf } from './data/tables.ts';
import type { Engine } from './engines.ts';
import { type Figure, figureOf } from './figures.ts';

export async function measureRaw(context: BenchContext, prepared: Prepared): Promise<void> {
  const targets = new Set(pairsOf(context).map(([, target]) => target));
  for (const target of targets) {
    if (rawClient(target.family) !== null) continue;
    context.missing.push(`The raw limit of ${target.name}: its own client is not installed`);
  }
  for (let round = 1; round <= context.options.rounds; round++) {
    for (const target of targets) await measureWrite(context, 'raw', prepared, target, round);
  }
}

/** How fast the target's own client loads prepared files, where it is installed. */
export async function measureWrite(
  context: BenchContext,
  part: Figure['part'],
  prepared: Prepared,
  target: Engine,
  round: number,
): Promise<void> {
  const client = rawClient(target.family);
  if (client === null) return;
  context.say(`Raw limit: ${target.name} by ${client}`);
  await withDatabase(target, async (address) => {
    const outcome = await runRaw(client, address, prepared, context.signal);
    const failure = outcome.failure ?? (await missingIn(address, prepared.set));
    const subject = { part, set: prepared.set.name, source: null, target: target.name, round };
    context.figures.push(figureOf({ ...subject, rows: rowsOf(prepared.set) }, { ...outcome, failure }));
  });
}
