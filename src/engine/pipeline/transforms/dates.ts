// Dates: read by the first format that fits, or counted from 1970 or as Julian days.

import type { Transform } from '../../../shared/model/transform.ts';
import { microseconds, writeTimestamp } from './calendar.ts';
import { compileDateFormat, type DateFormat } from './date-format.ts';
import { exactDecimal, product, rounded, type Scaled, scaled, shifted, total, written } from './decimals.ts';
import { type InPlace, orElse, type Step } from './step.ts';
import { trimInPlace } from './text.ts';

export function date({ formats, onFailure }: Extract<Transform, { do: 'date' }>): Step {
  const compiled = formats.map(formatOf);
  return orElse(
    (value) => {
      const text = value.trim();
      for (const { read } of compiled) {
        const result = read(text);
        if (result !== undefined) return result;
      }
      return undefined;
    },
    onFailure,
    `not a date of the form ${formats.join(' or ')}`,
    dateInPlace(compiled),
  );
}

function dateInPlace(formats: readonly DateFormat[]): InPlace | undefined {
  const readers = formats.flatMap(({ readInPlace }) => readInPlace ?? []);
  if (readers.length < formats.length) return undefined;
  return (text) => {
    const { start, end } = text;
    trimInPlace(text);
    for (const read of readers) if (read(text)) return 'done';
    text.start = start;
    text.end = end;
    return 'refused';
  };
}

/** Throws `map.bad-transform`. */
export function formatOf(format: string): DateFormat {
  switch (format) {
    case 'unix':
      return { hasTime: true, read: unixSeconds };
    case 'unix ms':
      return { hasTime: true, read: (text) => unixSince(text, -3) };
    case 'julian':
      return { hasTime: true, read: julian };
    default:
      return compileDateFormat(format);
  }
}

/** Twelve digits reach beyond the year 9999. */
const WHOLE_SECONDS = /^-?\d{1,12}$/;

function unixSeconds(text: string): string | undefined {
  return WHOLE_SECONDS.test(text) ? writeTimestamp({ seconds: Number(text), fraction: '' }) : unixSince(text, 0);
}

/** What is smaller than a microsecond is cut off. */
function unixSince(text: string, power: number): string | undefined {
  const decimal = exactDecimal(text);
  const seconds = decimal === undefined ? undefined : shifted(decimal, power + 6);
  return seconds === undefined ? undefined : fromMicroseconds(BigInt(seconds.split('.', 1)[0]!));
}

/** Days from the Julian day's beginning to 1970, taken away. */
const TO_1970: Scaled = { units: -24_405_875n, scale: 1 };
const MICROSECONDS_PER_DAY: Scaled = { units: 86_400_000_000n, scale: 0 };

/** Days in decimal digits hardly ever make whole microseconds: the nearest one is meant. */
function julian(text: string): string | undefined {
  const decimal = exactDecimal(text);
  if (decimal === undefined) return undefined;
  const days = total(scaled(decimal), TO_1970);
  return fromMicroseconds(BigInt(rounded(written(product(days, MICROSECONDS_PER_DAY)), 0)));
}

function fromMicroseconds(microsecondsSince1970: bigint): string | undefined {
  const rest = ((microsecondsSince1970 % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((microsecondsSince1970 - rest) / 1_000_000n);
  return writeTimestamp({ seconds, fraction: microseconds(rest.toString().padStart(6, '0')) });
}
