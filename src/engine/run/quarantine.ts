// The quarantine of a run, read back page by page from its folder.

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type QuarantinedRow, type QuarantinePage, quarantinedRow } from '../../shared/model/quarantine.ts';
import { QUARANTINE } from './artifacts.ts';

export interface QuarantineQuestion {
  /** Null: of all tables. */
  readonly table: string | null;
  readonly offset: number;
  readonly limit: number;
}

/** A row with its place among those of its table, from 0. */
export interface KeptRow {
  readonly line: number;
  readonly row: QuarantinedRow;
}

/** The run that took a row in after all, by table and line. */
export type Resolved = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Empty for a run without rows in quarantine. Holds no more than the page in memory. */
export async function readQuarantine(
  folder: string,
  question: QuarantineQuestion,
  resolved: Resolved,
): Promise<QuarantinePage> {
  const { table, offset, limit } = question;
  const counts = new Map<string, { rows: number; resolved: number }>();
  const rows: QuarantinedRow[] = [];
  let place = 0;
  for await (const { line, row } of keptRows(folder)) {
    const resolvedBy = resolved.get(row.table)?.get(line) ?? null;
    const count = counts.get(row.table) ?? { rows: 0, resolved: 0 };
    count.rows++;
    if (resolvedBy !== null) count.resolved++;
    counts.set(row.table, count);
    if (table !== null && row.table !== table) continue;
    if (place >= offset && rows.length < limit) rows.push({ ...row, resolvedBy });
    place++;
  }
  return { tables: [...counts].map(([name, count]) => ({ table: name, ...count })), rows };
}

/** A line that a killed process left unfinished is left out. */
export async function* keptRows(folder: string): AsyncIterable<KeptRow> {
  const quarantine = join(folder, QUARANTINE);
  const files = await readdir(quarantine).catch(() => []);
  for (const file of files.sort()) {
    let line = 0;
    for await (const text of createInterface({
      input: createReadStream(join(quarantine, file)),
      crlfDelay: Infinity,
    })) {
      const row = quarantinedRow.safeParse(parsed(text));
      if (row.success) yield { line, row: row.data };
      line++;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
