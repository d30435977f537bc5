// Casts: is the value one of those? Then in the usual form.

import type { Transform } from '../../../shared/model/transform.ts';
import { readTimestamp, SECONDS_PER_DAY, writeTimestamp } from './calendar.ts';
import { exactDecimal } from './decimals.ts';
import { parseJson } from './exact-json.ts';
import { orElse, type Step } from './step.ts';

type Cast = Extract<Transform, { do: 'cast' }>;

export function cast({ to, onFailure }: Cast): Step {
  const { read, what } = CASTS[to];
  return orElse((value) => read(value.trim()), onFailure, what);
}

const CASTS: Readonly<Record<Cast['to'], { read: (text: string) => string | undefined; what: string }>> = {
  integer: { read: integer, what: 'not a whole number of 64 bits' },
  decimal: { read: exactDecimal, what: 'not a number' },
  date: { read: day, what: 'not a date YYYY-MM-DD' },
  timestamp: { read: timestamp, what: 'not a timestamp YYYY-MM-DD HH:MM:SS' },
  boolean: { read: boolean, what: 'neither true nor false' },
  uuid: { read: uuid, what: 'not a UUID' },
  json: { read: (text) => (parseJson(text) === undefined ? undefined : text), what: 'not JSON' },
};

/** True when the text is one already, spelt as the cast would. */
export function castsTo(to: Cast['to'], text: string): boolean {
  return CASTS[to].read(text) === text;
}

const [MIN, MAX] = [-(1n << 63n), (1n << 63n) - 1n];

function integer(text: string): string | undefined {
  const whole = exactDecimal(text)?.replace(/\.0+$/, '');
  if (whole === undefined || whole.includes('.')) return undefined;
  // Up to 18 digits always fit.
  return whole.length <= 18 || (BigInt(whole) >= MIN && BigInt(whole) <= MAX) ? whole : undefined;
}

/** A time of day must be midnight, or it would be lost. */
function day(text: string): string | undefined {
  const read = readTimestamp(text);
  if (read === undefined || read.seconds % SECONDS_PER_DAY !== 0 || read.fraction !== '' || read.offset !== null) {
    return undefined;
  }
  return writeTimestamp(read)?.slice(0, 10);
}

/** With an offset it becomes UTC. */
export function timestamp(text: string): string | undefined {
  const read = readTimestamp(text);
  return read && writeTimestamp({ seconds: read.seconds - (read.offset ?? 0), fraction: read.fraction });
}

const WORDS = new Map([
  ...['1', 't', 'true', 'y', 'yes', 'on'].map((word) => [word, 'true'] as const),
  ...['0', 'f', 'false', 'n', 'no', 'off'].map((word) => [word, 'false'] as const),
]);

function boolean(text: string): string | undefined {
  return WORDS.get(text.toLowerCase());
}

const UUID = /^(\{?)([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})(\}?)$/i;

/** With or without braces and hyphens. */
export function uuid(text: string): string | undefined {
  const match = UUID.exec(text);
  if (!match || (match[1] === '{') !== (match[7] === '}')) return undefined;
  return match.slice(2, 7).join('-').toLowerCase();
}
