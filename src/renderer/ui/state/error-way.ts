// The way out of an error that every place offers alike; the app says which errors have one.

import { createContext } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';

export interface ErrorWay {
  /** What the button says: "Go to Connect". */
  readonly words: string;
  readonly go: () => void;
}

export const ErrorWays = createContext<(error: DroverErrorData) => ErrorWay | null>(() => null);
