// What a socket that reads into one buffer gives to whom.

import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectReusing, lendBytes } from '../../src/engine/dialects/mysql/wire/socket.ts';

let server: ReturnType<typeof createServer>;
let theirs: Socket;
let ours: Socket;

beforeEach(async () => {
  const { promise: connected, resolve } = Promise.withResolvers<Socket>();
  server = createServer(resolve);
  const { promise: listening, resolve: listens } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listens);
  await listening;
  ours = connectReusing({ host: '127.0.0.1', port: (server.address() as { port: number }).port });
  theirs = await connected;
});
afterEach(() => {
  ours.destroy();
  theirs.destroy();
  server.close();
});

/** Sends texts one by one, each when the one before has come, and keeps what was given as it is. */
async function given(texts: readonly string[]): Promise<string[]> {
  const pieces: Buffer[] = [];
  let arrived = (): void => undefined;
  const take = (bytes: Buffer): void => {
    pieces.push(bytes);
    arrived();
  };
  ours.on('data', take);
  for (const text of texts) {
    const { promise, resolve } = Promise.withResolvers<void>();
    arrived = resolve;
    theirs.write(text);
    await promise;
  }
  ours.off('data', take);
  return pieces.map(String);
}

test('bytes stay as they came', async () => {
  expect(await given(['one', 'two', 'six'])).toEqual(['one', 'two', 'six']);
});

test('lent bytes are overwritten by the next ones, until they are no longer lent', async () => {
  lendBytes(ours, true);
  expect(await given(['one', 'two', 'six'])).toEqual(['six', 'six', 'six']);
  lendBytes(ours, false);
  expect(await given(['one', 'two', 'six'])).toEqual(['one', 'two', 'six']);
});

test('a socket that is held gives nothing, and everything afterwards', async () => {
  let bytes = 0;
  ours.on('data', (piece: Buffer) => {
    bytes += piece.length;
    ours.pause();
    setImmediate(() => ours.resume());
  });
  const ended = new Promise((resolve) => ours.once('end', resolve));
  theirs.end(Buffer.alloc(5_000_000));
  await ended;
  expect(bytes).toBe(5_000_000);
});
