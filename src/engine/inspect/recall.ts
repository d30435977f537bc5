// Remembers for a few minutes what tables were asked, so that mapping, planning and running do not scan them three times.

import type { Profile } from '../../shared/model/profile.ts';

const KEPT_MS = 5 * 60_000;

export interface Recall {
  /** Answers that are young enough, for the same database with the same structure. */
  get(url: string, fingerprint: string): Profile;
  set(url: string, fingerprint: string, profile: Profile): void;
}

export function createRecall(now: () => number = Date.now): Recall {
  const kept = new Map<string, { profile: Profile; since: number }>();
  return {
    get(url, fingerprint) {
      const entry = kept.get(`${fingerprint} ${url}`);
      return entry && now() - entry.since < KEPT_MS ? entry.profile : {};
    },
    set(url, fingerprint, profile) {
      const name = `${fingerprint} ${url}`;
      const entry = kept.get(name);
      // The age is that of the oldest answer.
      const since = entry && now() - entry.since < KEPT_MS ? entry.since : now();
      kept.set(name, { profile, since });
    },
  };
}
