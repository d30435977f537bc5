// Files that stay open until the process ends, for whoever reads a file beside SQLite.
//
// Where locks are a process's (POSIX), closing one descriptor of a file gives back all locks that the process holds on it,
// those of SQLite's connections in other threads too. So each file is opened once, by the main thread, and never closed.

import { fstatSync, openSync, statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** What a thread is told of a file that it asked for. */
export interface KeptFile {
  readonly path: string;
  readonly descriptor: number | null;
}

/** A descriptor to read from; null where there can be none. Not to be closed. */
export async function keptFile(path: string): Promise<number | null> {
  return isMainThread ? keepFile(path) : askedFor(path);
}

let ask: ((path: string) => void) | null = null;
const waiting = new Map<string, ((descriptor: number | null) => void)[]>();

/** In a thread: `given` asks the main thread, whose answer `takeKeptFile` is given. */
export function askForFilesBy(given: (path: string) => void): void {
  ask = given;
}

export function takeKeptFile({ path, descriptor }: KeptFile): void {
  for (const resolve of waiting.get(path) ?? []) resolve(descriptor);
  waiting.delete(path);
}

/** A thread that has nobody to ask reads by SQLite. */
function askedFor(path: string): Promise<number | null> {
  if (ask === null) return Promise.resolve(null);
  const answer = new Promise<number | null>((resolve) => {
    waiting.set(path, [...(waiting.get(path) ?? []), resolve]);
  });
  ask(path);
  return answer;
}

/** As long as its descriptor is open, no other file gets a file's number. */
const kept = new Map<string, number>();

/** In the main thread. */
export function keepFile(path: string): number | null {
  try {
    const known = kept.get(numberOf(statSync(path, { bigint: true })));
    if (known !== undefined) return known;
    const descriptor = openSync(path, 'r');
    kept.set(numberOf(fstatSync(descriptor, { bigint: true })), descriptor);
    return descriptor;
  } catch {
    return null;
  }
}

function numberOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}
