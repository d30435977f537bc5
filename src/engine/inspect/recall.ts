// Remembers for a few minutes what a source was asked, so that mapping, planning and running do not ask it three times.

import type { Profile } from '../../shared/model/profile.ts';
import type { Statements } from '../dialects/session.ts';

const KEPT_MS = 5 * 60_000;

export interface Remembered {
  readonly profile: Profile;
  readonly statements: Statements;
}

export interface Recall {
  /** Answers that are young enough, for the same database with the same structure. */
  get(url: string, fingerprint: string): Remembered;
  set(url: string, fingerprint: string, more: Partial<Remembered>): void;
}

export function createRecall(now: () => number = Date.now): Recall {
  const kept = new Map<string, Remembered & { since: number }>();
  const young = (name: string) => {
    const entry = kept.get(name);
    return entry && now() - entry.since < KEPT_MS ? entry : { profile: {}, statements: {}, since: now() };
  };
  return {
    get: (url, fingerprint) => young(`${fingerprint} ${url}`),
    set(url, fingerprint, more) {
      const name = `${fingerprint} ${url}`;
      // The age is that of the oldest answer.
      kept.set(name, { ...young(name), ...more });
    },
  };
}
