// What the shell and the engine's process tell each other. The screens' own messages pass by on ports of their own.

import type { RunState } from '../shared/model/run.ts';

export interface ActiveRun {
  readonly run: string;
  readonly project: string;
}

export interface RunEnded extends ActiveRun {
  readonly state: RunState;
}

/** Only the shell can reach the keychain; the engine's process asks it. */
export type KeychainQuestion =
  | { readonly ask: 'available' }
  | { readonly ask: 'get'; readonly url: string }
  | { readonly ask: 'set'; readonly url: string; readonly secret: string }
  | { readonly ask: 'delete'; readonly url: string };

export type ToEngine =
  /** A port comes with it. */
  | { readonly kind: 'screen' }
  | { readonly kind: 'keychain answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'keychain failure'; readonly id: number; readonly message: string }
  /** Cancel what runs and roll it back, or leave it to be resumed; then say `stopped`. */
  | { readonly kind: 'stop'; readonly how: 'cancel' | 'leave' };

export type FromEngine =
  | { readonly kind: 'keychain'; readonly id: number; readonly question: KeychainQuestion }
  | { readonly kind: 'active'; readonly runs: readonly ActiveRun[] }
  | { readonly kind: 'ended'; readonly ended: RunEnded }
  | { readonly kind: 'stopped' };
