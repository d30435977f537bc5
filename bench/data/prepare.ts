// Writes a data set into one file a table: what sources are filled from, and what the raw limits read.

import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSet } from './tables.ts';

export interface Prepared {
  readonly set: DataSet;
  /** Table → file with lines of COPY text. */
  readonly files: ReadonlyMap<string, string>;
  readonly bytes: number;
}

const PIECE = 256 * 1_024;

export async function prepare(set: DataSet, folder: string, signal: AbortSignal): Promise<Prepared> {
  await mkdir(folder, { recursive: true });
  const files = new Map<string, string>();
  let bytes = 0;
  for (const table of set.tables) {
    const file = join(folder, `${table.name}.tsv`);
    await pipeline(Readable.from(pieces(table.lines()), { objectMode: true }), createWriteStream(file), { signal });
    files.set(table.name, file);
    bytes += (await stat(file)).size;
  }
  return { set, files, bytes };
}

/** Many lines at once: a write for each would cost more than making it. */
function* pieces(lines: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}
