// What the ledger costs: Drover as it is, in turn with a copy that writes no ledger, into each engine.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPatched, type Change } from '../test/support/patched-engine.ts';
import { CLI, runDrover } from './contenders/drover.ts';
import { type BenchContext, filledSources, withDatabase } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { rowsOf } from './data/tables.ts';
import type { Address, Engine } from './engines.ts';
import { figureOf } from './figures.ts';

/** Of the seconds that copying takes. */
export const LEDGER_SHARE = 0.03;

export const WITHOUT_LEDGER = 'Drover without a ledger';

/** Fewer tell nothing: the same copy takes a tenth more or less each time. */
const FEWEST_ROUNDS = 5;

const DIALECTS = 'src/engine/dialects';

const NO_LEDGER: readonly Change[] = [
  {
    file: `${DIALECTS}/postgres/writer.ts`,
    from: 'const { rows } = await openChunk(client, run, table.name, chunk, standingSql(reference));',
    to: "await client.query('BEGIN'); const { rows } = await client.query(standingSql(reference));",
  },
  {
    file: `${DIALECTS}/postgres/writer.ts`,
    from: 'await commitChunk(this.#client, this.#run, { table: table.name, chunk, rows, digest });',
    to: "void digest; await this.#client.query('COMMIT');",
  },
  {
    file: `${DIALECTS}/mysql/writer.ts`,
    from: 'await openChunk(link, run, order.table.name, order.chunk);',
    to: "await link.query('START TRANSACTION');",
  },
  {
    file: `${DIALECTS}/mysql/writer/loader.ts`,
    from: 'await closeChunk(this.#link, this.#run, this.#order.table.name, this.#order.chunk, result);',
    to: "await this.#link.query('COMMIT');",
  },
  {
    file: `${DIALECTS}/sqlite/writer.ts`,
    from: 'openEntry(this.#db, this.#run, this.#order.table.name, this.#order.chunk);',
    to: '',
  },
  {
    file: `${DIALECTS}/sqlite/writer.ts`,
    from: 'completeEntry(this.#db, this.#run, { table: table.name, chunk, rows, digest });',
    to: 'void digest;',
  },
  {
    file: 'src/engine/run/steps/load.ts',
    from: 'entries.length === chunksOf(table) && held === rows',
    to: 'true',
  },
];

export async function measureLedger(context: BenchContext, prepared: Prepared): Promise<void> {
  const { engines, folder, options } = context;
  const copy = join(folder, 'without-ledger');
  mkdirSync(copy);
  const entry = await buildPatched(NO_LEDGER, copy);
  const source = engines.find(({ name }) => name === 'sqlite')!;
  const filled = (await filledSources(context, prepared, new Set([source]))).get(source.name)!;
  for (let round = 1; round <= Math.max(options.rounds, FEWEST_ROUNDS); round++) {
    for (const target of engines) {
      // Whoever comes second finds warm caches: each is first in turn.
      const both = [null, entry];
      for (const each of round % 2 === 0 ? both : both.reverse()) {
        await measureOne(context, prepared, filled, target, round, each);
      }
    }
  }
  await source.drop(filled);
}

async function measureOne(
  context: BenchContext,
  prepared: Prepared,
  source: Address,
  target: Engine,
  round: number,
  entry: string | null,
): Promise<void> {
  const { folder, options, signal, figures, say } = context;
  const own = { home: join(folder, 'home'), workers: options.workers, profile: options.profile };
  say(`Ledger: into ${target.name}, ${entry === null ? 'as it is' : 'without'}, round ${round}`);
  await withDatabase(target, async (address) => {
    const outcome = await runDrover(source, address, own, signal, entry ?? CLI);
    const contender = entry === null ? outcome.contender : WITHOUT_LEDGER;
    const subject = {
      part: 'ledger',
      set: prepared.set.name,
      source: source.engine,
      target: target.name,
      round,
    } as const;
    figures.push(figureOf({ ...subject, rows: rowsOf(prepared.set) }, { ...outcome, contender }));
  });
}
