// What a run had verified, kept in its folder before it publishes: a process that ends then has told nobody yet.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DroverError } from '../../shared/errors.ts';
import { leftTable, report, tableReport } from '../../shared/model/report.ts';
import { replaceFile } from '../support/replace-file.ts';
import type { Made } from './job.ts';

const FILE = 'verified.json';

const verified = z.object({
  tables: z.array(tableReport),
  rules: report.shape.rules,
  /** Tables that are not published. */
  left: z.array(leftTable),
});
export type Verified = z.infer<typeof verified>;

/** On disk when the promise resolves. */
export function writeVerified(folder: string, evidence: Verified): Promise<void> {
  return replaceFile(join(folder, FILE), JSON.stringify(evidence));
}

/** What is loaded again is verified again. */
export function forgetVerified(folder: string): Promise<void> {
  return rm(join(folder, FILE), { force: true });
}

/** Null where nothing was verified. */
export async function readVerified(folder: string): Promise<Verified | null> {
  try {
    return verified.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** What the attempt that verified had found, for the one that publishes. */
export function restore(made: Made, { tables, rules, left }: Verified): void {
  for (const table of tables) made.tables.set(table.source, table);
  for (const { source, reason, because } of left) {
    made.left.set(source, { reason: DroverError.from(reason), because });
  }
  made.rules = rules;
}

/** Whether all of it still stands in staging. */
export async function hasVerified(folder: string, staged: readonly string[]): Promise<boolean> {
  const evidence = await readVerified(folder);
  const there = new Set(staged);
  return evidence?.tables.every(({ target }) => there.has(target)) ?? false;
}
