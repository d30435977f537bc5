// Identifiers within a family's limits: cut with a hash where too long, told apart as the family does.

import { createHash } from 'node:crypto';
import type { Capabilities } from './capabilities.ts';

type Limits = Pick<Capabilities, 'maxIdentifier' | 'identifiersIgnoreCase'>;

/** The name itself, or its beginning with eight digits of a hash over the whole: the same name always gives the same. */
export function fitName(name: string, { maxIdentifier: { length, unit } }: Limits): string {
  if (size(name, unit) <= length) return name;
  const suffix = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let head = '';
  let left = length - suffix.length;
  for (const character of name) {
    left -= size(character, unit);
    if (left < 0) break;
    head += character;
  }
  return head + suffix;
}

/** What two names have in common when the family takes them for one. */
export function nameKey(name: string, { identifiersIgnoreCase }: Limits): string {
  return identifiersIgnoreCase ? name.toLowerCase() : name;
}

function size(text: string, unit: 'bytes' | 'characters'): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : [...text].length;
}
