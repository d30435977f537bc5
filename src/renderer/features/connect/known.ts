// Connections found in the clients' own files, read anew whenever the screen is opened.

import { createStore } from 'zustand/vanilla';
import type { KnownConnection } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';

export interface Known {
  readonly found: readonly KnownConnection[];
  readonly error: DroverErrorData | null;
}

export const known = createStore<Known>(() => ({ found: [], error: null }));

export async function readKnown(): Promise<void> {
  try {
    known.setState({ found: await engine.call('connect.known', {}), error: null });
  } catch (thrown) {
    known.setState({ error: failureOf(thrown) });
  }
}
