// A dialect whose driver would hold up this thread: its sessions and readers live in threads of their own.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Reader, Scan } from '../dialects/reading.ts';
import type { Session, SessionOptions } from '../dialects/session.ts';
import type { RowBatch } from '../pipeline/batch.ts';
import type { BatchAside, Question } from './question.ts';
import type { Thread, Threads } from './threads.ts';

/** The same dialect, and where its driver waits for nobody the very one. */
export function aside(dialect: Dialect, threads: Threads): Dialect {
  if (!dialect.blocksThread) return dialect;
  return {
    ...dialect,
    connect: (access, options) => connect(threads, access, options),
    openReader: async (access, token, side = 'target') =>
      token === null ? openReader(threads, access, side) : dialect.openReader(access, token, side),
  };
}

/** Sessions here look, and are not heard: a listener can't go into another thread. */
async function connect(threads: Threads, access: Access, { told: _, ...options }: SessionOptions): Promise<Session> {
  const { thread, answer } = await opened(threads, { ask: 'connect', access, options });
  return {
    ...answer,
    query: (sql, parameters = []) => thread.ask({ ask: 'query', sql, parameters }),
    async execute(statements, options) {
      await thread.ask({ ask: 'execute', statements, again: options?.again ?? false });
    },
    inspect: () => inspect(thread),
    profile: (request) => thread.ask({ ask: 'profile', request }),
    rowsWithin: (seconds, sql) => thread.ask({ ask: 'rows within', seconds, sql }),
    missingPrivileges: (use, tables) => thread.ask({ ask: 'privileges', use, tables }),
    describe: (query) => thread.ask({ ask: 'describe', query }),
    sample: (request) => thread.ask({ ask: 'sample', request }),
    interrupt: () => thread.end(),
    close: () => close(threads, thread),
  };
}

async function openReader(threads: Threads, access: Access, side: 'source' | 'target'): Promise<Reader> {
  const { thread } = await opened(threads, { ask: 'open', access, side });
  return {
    read: (scan, signal) => read(thread, scan, signal),
    profile: (request) => thread.ask({ ask: 'profile', request }),
    rowsWithin: (seconds, sql) => thread.ask({ ask: 'rows within', seconds, sql }),
    close: () => close(threads, thread),
  };
}

/** What could not be opened leaves nothing behind in the thread. */
async function opened<Q extends Question>(threads: Threads, question: Q) {
  const thread = threads.take();
  try {
    return { thread, answer: await thread.ask(question) };
  } catch (error) {
    threads.give(thread);
    throw error;
  }
}

async function close(threads: Threads, thread: Thread): Promise<void> {
  if (!thread.sound) return;
  await thread.ask({ ask: 'close' });
  threads.give(thread);
}

async function inspect(thread: Thread): Promise<Catalog> {
  const rest = await thread.ask({ ask: 'inspect' });
  const tables: Table[] = [];
  for (;;) {
    const more = await thread.ask({ ask: 'tables' });
    if (more.length === 0) return { ...rest, tables };
    tables.push(...more);
  }
}

/** Aborting ends the thread: whatever its driver is at, nobody waits for it. */
async function* read(
  thread: Thread,
  { glance, ...scan }: Scan,
  signal: AbortSignal,
): AsyncGenerator<RowBatch, void, void> {
  signal.throwIfAborted();
  const stop = () => thread.end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await thread.ask({ ask: 'scan', scan, limit: glance?.limit ?? null });
    for (;;) {
      const batch = await thread.ask({ ask: 'batch' });
      if (!batch) return;
      for (const misfit of batch.misfits) glance?.misfit(misfit);
      yield batchOf(batch);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function batchOf({ bytes, rows }: BatchAside): RowBatch {
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), length: bytes.length, rows };
}
