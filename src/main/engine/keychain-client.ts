// The keychain as the engine's process has it: every question is put to the shell.

import { z } from 'zod';
import type { Keychain } from '../../host/desk/secrets.ts';
import type { FromEngine, KeychainQuestion, ToEngine } from '../engine-messages.ts';

type Told = Extract<ToEngine, { kind: 'keychain answer' | 'keychain failure' }>;

export interface RemoteKeychain extends Keychain {
  /** What the shell has answered. */
  hear(told: Told): void;
}

const availability = z.object({ available: z.boolean(), reason: z.string().nullable() });

export function askKeychain(tell: (message: FromEngine) => void): RemoteKeychain {
  const waiting = new Map<number, (told: Told) => void>();
  let last = 0;

  function ask(question: KeychainQuestion): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = ++last;
    waiting.set(id, (told) =>
      told.kind === 'keychain answer' ? resolve(told.value) : reject(new Error(told.message)),
    );
    tell({ kind: 'keychain', id, question });
    return promise;
  }

  return {
    hear(told) {
      waiting.get(told.id)?.(told);
      waiting.delete(told.id);
    },
    available: async () => availability.parse(await ask({ ask: 'available' })),
    get: async (url) =>
      z
        .string()
        .nullable()
        .parse(await ask({ ask: 'get', url })),
    set: async (url, secret) => {
      await ask({ ask: 'set', url, secret });
    },
    delete: async (url) => {
      await ask({ ask: 'delete', url });
    },
  };
}
