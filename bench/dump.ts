// PostgreSQL to PostgreSQL, against its own dump: on a server that the installed pg_dump can read.

import { missingIn } from './contenders/arrived.ts';
import { PG_DUMP, pgDumpMajor, runPgDump, serverBeside } from './contenders/pg-dump.ts';
import type { Rival } from './contenders/rival.ts';
import { undriven } from './contenders/rivals.ts';
import { type BenchContext, filledSources } from './context.ts';
import type { Prepared } from './data/prepare.ts';
import { type Engine, postgresFrom } from './engines.ts';
import { measurePair } from './pairs.ts';

const rival: Rival = { name: PG_DUMP, proof: missingIn, run: runPgDump };

export async function measureDump(context: BenchContext, prepared: Prepared): Promise<void> {
  const { name, absent } = undriven('pgcopydb');
  context.absent.set(name, absent);
  const engine = await readableServer(context);
  if (typeof engine === 'string') {
    context.absent.set(PG_DUMP, engine);
    return;
  }
  const isOwn = !context.engines.includes(engine);
  try {
    context.say(`PostgreSQL to PostgreSQL beside pg_dump: on ${engine.version}`);
    const source = (await filledSources(context, prepared, new Set([engine]))).get(engine.name)!;
    for (let round = 1; round <= context.options.rounds; round++) {
      await measurePair(context, 'dump', prepared, source, engine, round, [rival]);
    }
    await engine.drop(source);
  } finally {
    if (isOwn) await engine.stop();
  }
}

/** pg_dump refuses servers newer than itself. A sentence where there is none for it. */
async function readableServer({ engines }: BenchContext): Promise<Engine | string> {
  const major = pgDumpMajor();
  if (major === null) return 'pg_dump and pg_restore are not installed';
  const running = engines.find(({ name }) => name === 'postgres');
  if (running && Number.parseInt(running.version, 10) <= major) return running;
  const folder = serverBeside(major);
  if (folder === null)
    return `pg_dump ${major} can't read PostgreSQL ${running?.version ?? ''}, and no server of its version is here`;
  return postgresFrom(folder);
}
