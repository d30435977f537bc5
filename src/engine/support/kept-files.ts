// Files that stay open until the process ends, for whoever reads a file beside SQLite.
//
// Where locks are a process's (POSIX), closing one descriptor of a file gives back all locks that the process holds on it,
// those of SQLite's connections in other threads too. So each file is opened once, by the main thread, and never closed.

import { fstatSync, openSync, statSync } from 'node:fs';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

interface Asked {
  readonly ask: string;
  readonly by: string;
}

interface Told {
  readonly to: string;
  readonly descriptor: number | null;
}

const CHANNEL = 'drover kept files';
/** A main thread that does not answer has none to give. */
const PATIENCE_MS = 2000;

/** A descriptor to read from; null where there can be none. Not to be closed. */
export async function keptFile(path: string): Promise<number | null> {
  return isMainThread ? keep(path) : askMainThread(path);
}

let served: BroadcastChannel | null = null;

/** In the main thread, before others are begun that may ask. */
export function serveKeptFiles(): void {
  if (!isMainThread || served) return;
  served = new BroadcastChannel(CHANNEL);
  served.unref();
  served.onmessage = (event) => {
    const { ask, by } = (event as { readonly data: Partial<Asked> }).data;
    if (ask !== undefined && by !== undefined) {
      served!.postMessage({ to: by, descriptor: keep(ask) } satisfies Told);
    }
  };
}

let asked = 0;

function askMainThread(path: string): Promise<number | null> {
  const channel = new BroadcastChannel(CHANNEL);
  const by = `${threadId}-${++asked}`;
  return new Promise((resolve) => {
    const end = (descriptor: number | null): void => {
      clearTimeout(timer);
      channel.close();
      resolve(descriptor);
    };
    const timer = setTimeout(end, PATIENCE_MS, null);
    channel.onmessage = (event) => {
      const { to, descriptor } = (event as { readonly data: Partial<Told> }).data;
      if (to === by) end(descriptor ?? null);
    };
    channel.postMessage({ ask: path, by } satisfies Asked);
  });
}

/** As long as its descriptor is open, no other file gets a file's number. */
const kept = new Map<string, number>();

function keep(path: string): number | null {
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
