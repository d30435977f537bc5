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

/** Empty for a run without rows in quarantine. Holds no more than the page in memory. */
export async function readQuarantine(folder: string, question: QuarantineQuestion): Promise<QuarantinePage> {
  const { table, offset, limit } = question;
  const counts = new Map<string, number>();
  const rows: QuarantinedRow[] = [];
  let place = 0;
  for await (const row of rowsIn(join(folder, QUARANTINE))) {
    counts.set(row.table, (counts.get(row.table) ?? 0) + 1);
    if (table !== null && row.table !== table) continue;
    if (place >= offset && rows.length < limit) rows.push(row);
    place++;
  }
  return { tables: [...counts].map(([name, count]) => ({ table: name, rows: count })), rows };
}

/** A line that a killed process left unfinished is left out. */
async function* rowsIn(folder: string): AsyncIterable<QuarantinedRow> {
  const files = await readdir(folder).catch(() => []);
  for (const file of files.sort()) {
    for await (const text of createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity })) {
      const row = quarantinedRow.safeParse(parsed(text));
      if (row.success) yield row.data;
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
