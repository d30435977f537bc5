// The thread in which passes are made: it opens the file as a run's worker does, and goes through it as often as asked.

import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import type { TableWork } from '../../src/engine/pipeline/order.ts';
import { batchesOf, planPass } from '../../src/engine/pipeline/scan.ts';

export interface PassWork {
  readonly file: string;
  readonly work: TableWork;
}

export interface Asked {
  readonly times: number;
  /** A file for a processor profile; null for none. */
  readonly profile: string | null;
}

export interface Passed {
  /** Rows, of all passes. */
  readonly read: number;
  /** Rows, of one pass. */
  readonly refused: number;
}

const { file, work } = workerData as PassWork;
const dialect = await loadDialect('sqlite');
const { connection } = dialect.url.parse(`sqlite:${file}`);
// As a run reads its snapshot: a file that nobody else writes.
const reader = await dialect.openReader({ connection, password: null }, file, 'source');

parentPort!.on('message', (asked: Asked) => void passes(asked).then((passed) => parentPort!.postMessage(passed)));

async function passes({ times, profile }: Asked): Promise<Passed> {
  const profiling = profile === null ? null : await startProfile(profile);
  let read = 0;
  let refused = 0;
  for (let pass = 0; pass < times; pass++) {
    const each = planPass(work, 'source');
    for await (const batch of batchesOf(reader, each, new AbortController().signal)) read += batch.rows;
    refused = each.refused?.rows ?? 0;
    read += refused;
  }
  await profiling?.save();
  return { read, refused };
}

async function startProfile(path: string) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return {
    async save() {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(profile));
    },
  };
}
