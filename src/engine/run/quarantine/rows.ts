// All rows of a quarantine, one after the other, each with its place among those of its table.

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type QuarantinedRow, quarantinedRow } from '../../../shared/model/quarantine.ts';
import { QUARANTINE } from '../artifacts.ts';

/** A row with its place among those of its table, from 0. */
export interface KeptRow {
  readonly line: number;
  readonly row: QuarantinedRow;
}

/** A line that a killed process left unfinished is left out. */
export async function* keptRows(runFolder: string): AsyncIterable<KeptRow> {
  const quarantine = join(runFolder, QUARANTINE);
  const files = await readdir(quarantine).catch(() => []);
  const lines = new Map<string, number>();
  for (const file of files.sort()) {
    for await (const text of createInterface({
      input: createReadStream(join(quarantine, file)),
      crlfDelay: Infinity,
    })) {
      const parsed = quarantinedRow.safeParse(parsedJson(text));
      if (!parsed.success) continue;
      const line = lines.get(parsed.data.table) ?? 0;
      lines.set(parsed.data.table, line + 1);
      yield { line, row: parsed.data };
    }
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
