// Where the rows of a quarantine lie in its files: looked up once, so that a page far down costs what the first one costs.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Rows of one table, one after the other in one file. */
export interface Stretch {
  readonly file: string;
  readonly table: string;
  rows: number;
  /** Where every so many rows begin, in bytes. */
  readonly marks: number[];
  /** Behind the last row. */
  end: number;
}

/** Rows from one mark to the next. */
export const MARK_EVERY = 128;

/** In the order in which the rows were refused, file by file. A line that a killed process left unfinished is left out. */
export async function findPlaces(folder: string): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  for (const file of await filesIn(folder)) await findIn(file, stretches);
  return stretches;
}

/** Another word as soon as a file has grown. */
export async function stampOf(folder: string): Promise<string> {
  const sizes = await Promise.all((await filesIn(folder)).map(async (file) => (await stat(file)).size));
  return sizes.join();
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}

async function findIn(file: string, found: Stretch[]): Promise<void> {
  let stretch: Stretch | null = null;
  let head: Buffer | null = null;
  let begun: Buffer = Buffer.alloc(0);
  let at = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    let from = 0;
    for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
      // Neighbours are nearly always of one table: its name is read only where another begins.
      if (!stretch || !head || head.compare(bytes, from, Math.min(from + head.length, to)) !== 0) {
        const line = bytes.subarray(from, to);
        const { table, length } = headOf(line);
        head = Buffer.from(line.subarray(0, length));
        stretch = { file, table, rows: 0, marks: [], end: at };
        found.push(stretch);
      }
      if (stretch.rows % MARK_EVERY === 0) stretch.marks.push(at + from);
      stretch.rows++;
      stretch.end = at + to + 1;
      from = to + 1;
    }
    at += from;
    begun = bytes.subarray(from);
  }
}

/** The name stands first: `{"table":"…",`. */
function headOf(line: Buffer): { table: string; length: number } {
  const text = line.toString('utf8');
  const head = /^\{"table":("(?:[^"\\]|\\.)*"),/.exec(text);
  if (!head) return { table: '', length: line.length };
  return { table: JSON.parse(head[1]!) as string, length: Buffer.byteLength(head[0]) };
}
