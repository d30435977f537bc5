// Asking while somebody types: waits for a pause, and only the answer to the latest question counts.

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
export function useLatest<T>(question: (() => Promise<T>) | null, pauseMs: number): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>({ value: null, error: null, asking: question !== null });
  useEffect(() => {
    if (!question) return setLatest({ value: null, error: null, asking: false });
    let current = true;
    setLatest((before) => ({ ...before, asking: true }));
    const answered = (value: T) => current && setLatest({ value, error: null, asking: false });
    const failed = (thrown: unknown) =>
      current && setLatest((before) => ({ value: before.value, error: failureOf(thrown), asking: false }));
    const timer = setTimeout(() => void question().then(answered, failed), pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [question, pauseMs]);
  return latest;
}
