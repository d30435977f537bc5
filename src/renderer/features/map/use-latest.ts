// Asking while somebody types: waits for a pause; only the answer to the latest question counts, the others are given up.

import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { failureOf } from '../../client/failure.ts';

export interface Latest<T> {
  /** The last answer that was good; it stays while the next one is awaited. */
  readonly value: T | null;
  readonly error: DroverErrorData | null;
  readonly asking: boolean;
}

/** `question` must be the same function for the same question; null asks nothing. */
export function useLatest<T>(question: ((signal: AbortSignal) => Promise<T>) | null, pauseMs: number): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>({ value: null, error: null, asking: question !== null });
  useEffect(() => {
    if (!question) return setLatest({ value: null, error: null, asking: false });
    const current = new AbortController();
    const { signal } = current;
    setLatest((before) => ({ ...before, asking: true }));
    const answered = (value: T) => !signal.aborted && setLatest({ value, error: null, asking: false });
    const failed = (thrown: unknown) =>
      !signal.aborted && setLatest((before) => ({ value: before.value, error: failureOf(thrown), asking: false }));
    const timer = setTimeout(() => void question(signal).then(answered, failed), pauseMs);
    return () => {
      current.abort();
      clearTimeout(timer);
    };
  }, [question, pauseMs]);
  return latest;
}
