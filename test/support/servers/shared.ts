// Starts each server once for a whole vitest run, however many projects ask for it, and ends it with the last of them.

import type { RunningServer } from './launch.ts';

interface Held {
  readonly started: Promise<unknown>;
  users: number;
}

// Every project evaluates its own copy of this module: what they share has to hang on the process.
const HELD = Symbol.for('drover.test.servers');
const shared = globalThis as { [HELD]?: Map<string, Held> };
shared[HELD] ??= new Map();
const held = shared[HELD];

/** Joins the server of this name, starting it if nobody has yet. `release` ends it when nobody uses it any more. */
export async function share<T>(
  name: string,
  start: () => Promise<T>,
): Promise<{ readonly server: T; release(stop: (server: T) => Promise<void>): Promise<void> }> {
  const entry = held.get(name) ?? { started: start(), users: 0 };
  held.set(name, entry);
  entry.users++;
  const server = (await entry.started) as T;
  return {
    server,
    async release(stop) {
      entry.users--;
      if (entry.users > 0) return;
      held.delete(name);
      await stop(server);
    },
  };
}

/** What a test worker is told of a server. */
export interface ServerAddress {
  readonly url: string;
  readonly password: string;
}

export function addressOf(server: RunningServer): ServerAddress {
  return { url: server.url, password: server.password };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for whatever tests write; deleted at the end. */
    scratch: string;
    postgres: ServerAddress;
    mariadb: ServerAddress;
    mysql9: ServerAddress | { readonly unavailable: string };
  }
}
