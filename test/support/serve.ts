// `drover serve` as a process, and a page that speaks to it over the wire.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { WebSocket } from 'ws';
import type { CallInput, CallName, CallOutput } from '../../src/shared/contract.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { ToHost, ToScreen } from '../../src/shared/wire.ts';
import { program } from './program.ts';

export interface Served {
  readonly child: ChildProcess;
  readonly folder: string;
  /** With the token, as it was printed. */
  readonly url: URL;
  /** All that it has printed so far. */
  said(): string;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
}

/** Starts it with a data folder of its own, and waits for the line with the address. */
export async function serve(words: readonly string[], environment: Record<string, string> = {}): Promise<Served> {
  const folder = mkdtempSync(join(inject('scratch'), 'serve-'));
  const { PATH = '', HOME = folder } = process.env;
  const child = spawn(process.execPath, [program('cli'), ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      DROVER_HOME: join(folder, 'home'),
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: join(inject('scratch'), 'compiled'),
      ...environment,
    },
  });
  let said = '';
  const { promise: address, resolve, reject } = Promise.withResolvers<URL>();
  const { promise: ended, resolve: end } = Promise.withResolvers<number | null>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(new URL(found));
    });
  }
  child.once('close', (status) => {
    end(status);
    reject(new Error(`it ended with ${status}: ${said}`));
  });
  return { child, folder, url: await address, said: () => said, ended };
}

export interface Page {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  close(): void;
}

/** Goes in as a browser would: the token for a cookie, the cookie for a socket. */
export async function openPage(url: URL): Promise<Page> {
  const entry = await fetch(url, { redirect: 'manual' });
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${url.host}/wire`, { headers: { cookie, origin: url.origin } });
  const waiting = new Map<number, (message: ToScreen) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ToScreen;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  socket.once('open', resolve);
  socket.once('error', reject);
  await opened;
  let last = 0;
  return {
    call(name, input) {
      const { promise, resolve: answer, reject: fail } = Promise.withResolvers<CallOutput<typeof name>>();
      const id = ++last;
      waiting.set(id, (message) => {
        if (message.kind === 'answer') answer(message.output as CallOutput<typeof name>);
        else if (message.kind === 'error') fail(DroverError.from(message.error));
      });
      socket.send(JSON.stringify({ kind: 'call', id, name, input } satisfies ToHost));
      return promise;
    },
    close: () => socket.close(),
  };
}
