// What went wrong last, as an error with its code, for a note that stays.

import { useCallback, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { failureOf } from '../../client/failure.ts';

/** null takes it back. */
export function useFailure(): [DroverErrorData | null, (thrown: unknown) => void] {
  const [error, setError] = useState<DroverErrorData | null>(null);
  return [error, useCallback((thrown: unknown) => setError(thrown === null ? null : failureOf(thrown)), [])];
}
