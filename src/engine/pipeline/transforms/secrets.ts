// Hashes with a salt, and where the salt comes from.

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { always, bad, type Step } from './step.ts';

/** SHA-256 of the salt, a zero byte and the value. */
export function hash(salt: string): Step {
  // The state after the salt is the same for all rows.
  const salted = createHash('sha256').update(Buffer.from(`${salt}\0`, 'utf8'));
  return always((value) => salted.copy().update(value, 'utf8').digest('hex'));
}

/** Throws `map.bad-transform` where nobody gave it. An empty salt would be none. */
export function secretNamed(name: string, secret: (name: string) => string | null): string {
  const value = secret(name);
  if (!value)
    throw bad(
      `the secret "${name}" is not known.`,
      `Give it in the environment variable DROVER_SECRET_${name.toUpperCase()}.`,
    );
  return value;
}
