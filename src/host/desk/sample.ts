// The sample database: made once, in a thread of its own, so that the host goes on answering meanwhile.

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CallOutput } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import { newShop } from '../sample/new-shop.ts';

/** Whoever asks while it is being made waits for the same one. */
export function sampleMaker(home: string, script: URL): () => Promise<CallOutput<'sample.make'>> {
  const folder = join(home, 'sample');
  const file = join(folder, 'legacy_shop.db');
  let making: Promise<void> | null = null;

  return async () => {
    if (!existsSync(file)) {
      making ??= make(folder, file, script).finally(() => {
        making = null;
      });
      await making;
    }
    return {
      name: 'legacy-shop',
      source: `sqlite:${file}`,
      target: `sqlite:${join(folder, 'new_shop.db')}`,
      reshape: newShop('sqlite'),
    };
  };
}

async function make(folder: string, file: string, script: URL): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await inThread(script, file);
  } catch (error) {
    throw new DroverError('support.sample', 'The sample database could not be made.', {
      cause: error instanceof Error ? error.message : String(error),
      hint: `See that ${folder} may be written to and that the disk has 100 MB left.`,
      where: { side: 'local' },
    });
  }
}

function inThread(script: URL, file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(script, { workerData: { file } });
  worker.once('error', reject);
  worker.once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`the thread ended with ${status}`))));
  return promise;
}
