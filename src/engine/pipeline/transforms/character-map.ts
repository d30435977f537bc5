// A map whose keys are found without a string being made of them.

import { type Characters, codesOf } from './characters.ts';

interface Entry<T> {
  readonly codes: Uint16Array;
  readonly value: T;
}

export class CharacterMap<T> {
  readonly #entries = new Map<number, Entry<T>[]>();
  #shortest = Number.POSITIVE_INFINITY;
  #longest = -1;

  /** Keys that no Characters hold are left out: they could not be asked for. */
  constructor(from: Iterable<readonly [string, T]>) {
    for (const [key, value] of from) {
      const codes = codesOf(key);
      if (!codes) continue;
      this.#shortest = Math.min(this.#shortest, codes.length);
      this.#longest = Math.max(this.#longest, codes.length);
      const hash = hashOf(codes, 0, codes.length);
      const entries = this.#entries.get(hash);
      if (entries) entries.push({ codes, value });
      else this.#entries.set(hash, [{ codes, value }]);
    }
  }

  get({ codes, start, end }: Characters): T | undefined {
    // Most values are longer than a key such as "unknown": to hash them would be in vain.
    if (end - start > this.#longest || end - start < this.#shortest) return undefined;
    const entries = this.#entries.get(hashOf(codes, start, end));
    if (entries === undefined) return undefined;
    for (const entry of entries) if (isEqual(entry.codes, codes, start, end)) return entry.value;
    return undefined;
  }
}

function hashOf(codes: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + codes[at]!) | 0;
  return hash;
}

function isEqual(key: Uint16Array, codes: Uint16Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let at = 0; at < key.length; at++) if (key[at] !== codes[start + at]) return false;
  return true;
}
