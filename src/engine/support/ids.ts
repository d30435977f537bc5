// Identifiers of runs.

import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 12 characters of [0-9a-z]: the minute it began, then chance; ids sort by time and fit every name limit. */
export function newRunId(now: Date = new Date()): string {
  const minute = Math.floor(now.getTime() / 60_000)
    .toString(36)
    .padStart(6, '0')
    .slice(-6);
  const chance = [...randomBytes(6)].map((byte) => ALPHABET[byte % 36]).join('');
  return minute + chance;
}
