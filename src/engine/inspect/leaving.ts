// Questions that may be left: when nobody waits for the answer any more, the database is told to stop.

import type { Reader } from '../dialects/reading.ts';
import type { Session } from '../dialects/session.ts';

/** Uses a session until the signal is aborted; then rejects with the signal's reason, once the work has ended. */
export async function whileAsked<T>(session: Session, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const interrupt = () => session.interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** A reader whose scans end with the signal, too. */
export function readingWhile(reader: Reader, signal: AbortSignal): Reader {
  return {
    read: (scan, own) => reader.read(scan, AbortSignal.any([own, signal])),
    profile: (request) => reader.profile(request),
    rowsWithin: (seconds, sql) => reader.rowsWithin(seconds, sql),
    close: () => reader.close(),
  };
}
