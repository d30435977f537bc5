// Retries of a run's quarantine: what each one replays, and which rows have come in by it.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Resolved } from './quarantine/read.ts';
import { keptRows } from './quarantine/rows.ts';
import { type KeptOf, writeRetryFile } from './retry-file.ts';

const RETRIES = 'retries';

const replayed = z.array(
  z.object({
    table: z.string(),
    source: z.string().nullable().default(null),
    line: z.number(),
    values: z.record(z.string(), z.string().nullable()),
  }),
);

/** Written as a database, a table for each source; returns its file. */
export async function writeRetry(folder: string, kept: readonly KeptOf[]): Promise<string> {
  await mkdir(join(folder, RETRIES), { recursive: true, mode: 0o700 });
  const number = (await retryNumbers(folder)).length + 1;
  const file = join(folder, RETRIES, `${number}.db`);
  const lines = kept.flatMap(({ feed, rows }) =>
    rows.map(({ line, row }) => ({ table: row.table, source: feed.source, line, values: row.values })),
  );
  await writeFile(join(folder, RETRIES, `${number}.json`), JSON.stringify(lines), { mode: 0o600 });
  await writeRetryFile(file, kept);
  return file;
}

/** Asked of the history each time: a retry that was rolled back has taken nothing in. */
export async function resolvedRows(folder: string, runs: readonly RunSummary[]): Promise<Resolved> {
  const resolved = new Map<string, Map<number, string>>();
  for (const { number, run } of await publishedRetries(folder, runs)) {
    const lines = replayed.parse(JSON.parse(await readFile(join(folder, RETRIES, `${number}.json`), 'utf8')));
    const refused = await refusedAgain(run.folder);
    for (const { table, source, line, values } of lines) {
      if (refused(table, source, values)) continue;
      const ofTable = resolved.get(table) ?? new Map<number, string>();
      ofTable.set(line, run.run);
      resolved.set(table, ofTable);
    }
  }
  return resolved;
}

/** The retries of the run of this folder that stand in the target. */
export async function publishedRetries(
  folder: string,
  runs: readonly RunSummary[],
): Promise<{ readonly number: number; readonly run: RunSummary }[]> {
  return (await retryNumbers(folder)).flatMap((number) => {
    const url = `sqlite:${join(folder, RETRIES, `${number}.db`)}`;
    const run = runs.find(({ source, state }) => source === url && state === 'published');
    return run ? [{ number, run }] : [];
  });
}

type Values = Readonly<Record<string, string | null>>;

/** Tells of each replayed row, asked once, whether it went into quarantine again. Equal rows are counted. */
async function refusedAgain(
  folder: string,
): Promise<(table: string, source: string | null, values: Values) => boolean> {
  const counts = new Map<string, number>();
  const columns = new Map<string, readonly string[]>();
  for await (const { row } of keptRows(folder)) {
    const place = JSON.stringify([row.table, row.source]);
    const read = columns.get(place) ?? Object.keys(row.values).sort();
    columns.set(place, read);
    const key = keyOf(place, read, row.values);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (table, source, values) => {
    const place = JSON.stringify([table, source]);
    const read = columns.get(place);
    if (!read) return false;
    const key = keyOf(place, read, values);
    const left = counts.get(key) ?? 0;
    if (left > 0) counts.set(key, left - 1);
    return left > 0;
  };
}

function keyOf(place: string, columns: readonly string[], values: Values): string {
  return JSON.stringify([place, ...columns.map((name) => values[name] ?? null)]);
}

async function retryNumbers(folder: string): Promise<number[]> {
  const files = await readdir(join(folder, RETRIES)).catch(() => []);
  return files.flatMap((file) => /^(\d+)\.json$/.exec(file)?.[1] ?? []).map(Number);
}
