// Identifiers of runs.

import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 12 characters of [0-9a-z]: the millisecond it began, then chance; ids sort by time and fit every name limit. */
export function newRunId(now: Date = new Date()): string {
  const moment = now.getTime().toString(36).padStart(8, '0').slice(-8);
  const chance = [...randomBytes(4)].map((byte) => ALPHABET[byte % 36]).join('');
  return moment + chance;
}

/** When the run of this name began. */
export function beganAt(run: string): Date {
  return new Date(Number.parseInt(run.slice(0, 8), 36));
}

/** Whether the first of two runs began after the second. */
export function isLater(run: string, other: string): boolean {
  return run > other;
}
