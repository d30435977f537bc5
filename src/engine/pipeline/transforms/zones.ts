// Clock readings from one time zone to another, with the offsets of the IANA database as Node knows them.

import type { Transform } from '../../../shared/model/transform.ts';
import { readTimestamp, SECONDS_PER_DAY, writeTimestamp, yearAt } from './calendar.ts';
import { bad, orElse, type Step } from './step.ts';

/**
 * A reading that comes twice, when clocks go back, is the earlier instant. One that never comes, when clocks go forward,
 * moves forward by the gap: 02:30 becomes 03:30. PostgreSQL decides the first otherwise; java.time decides both like this.
 */
export function timeZone({ from, to, onFailure }: Extract<Transform, { do: 'time zone' }>): Step {
  const source = new Zone(from);
  const target = new Zone(to);
  return orElse(
    (value) => {
      const reading = readTimestamp(value.trim());
      // A text that names its own offset contradicts `from`.
      if (reading === undefined || reading.offset !== null) return undefined;
      const instant = reading.seconds - source.offsetOfReading(reading.seconds);
      return writeTimestamp({ seconds: instant + target.offsetAt(instant), fraction: reading.fraction });
    },
    onFailure,
    'not a clock reading YYYY-MM-DD HH:MM:SS of the years 1 to 9999, without an offset of its own',
  );
}

/** An offset in seconds east of UTC, which holds until before `end`, in seconds since 1970. */
interface Span {
  readonly end: number;
  readonly offset: number;
}

/** No zone is further from UTC than this. */
const MARGIN = 2 * SECONDS_PER_DAY;

/** The offsets of a zone, looked up once per year: Intl is far too slow to ask for every row. */
class Zone {
  readonly #clock: Intl.DateTimeFormat;
  readonly #years = new Map<number, readonly Span[]>();

  /** Throws `map.bad-transform`. */
  constructor(name: string) {
    try {
      this.#clock = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw bad(`there is no time zone "${name}".`, 'Give a name of the IANA list, such as Europe/Copenhagen or UTC.');
    }
  }

  offsetAt(instant: number): number {
    const spans = this.#around(instant);
    let i = 0;
    while (instant >= spans[i]!.end) i++;
    return spans[i]!.offset;
  }

  /** `reading`: the clock's seconds since its own 1970-01-01 00:00:00. */
  offsetOfReading(reading: number): number {
    const spans = this.#around(reading);
    let i = 0;
    while (reading - spans[i]!.offset >= spans[i]!.end) i++;
    const before = spans[i - 1];
    const inGap = before !== undefined && reading - spans[i]!.offset < before.end;
    return inGap ? before.offset : spans[i]!.offset;
  }

  /** The spans of the year and some days around it; the last has no end. */
  #around(seconds: number): readonly Span[] {
    const year = yearAt(seconds);
    let spans = this.#years.get(year);
    if (spans === undefined) {
      spans = this.#spansOf(year);
      this.#years.set(year, spans);
    }
    return spans;
  }

  /** Looks once a day: no zone has ever changed and changed back within one. */
  #spansOf(year: number): Span[] {
    const spans: Span[] = [];
    const last = secondsOf(year + 1, 1, 1) + MARGIN;
    let day = secondsOf(year, 1, 1) - MARGIN;
    let offset = this.#ask(day);
    for (day += SECONDS_PER_DAY; day <= last; day += SECONDS_PER_DAY) {
      const next = this.#ask(day);
      if (next === offset) continue;
      spans.push({ end: this.#change(day - SECONDS_PER_DAY, day, offset), offset });
      offset = next;
    }
    spans.push({ end: Number.POSITIVE_INFINITY, offset });
    return spans;
  }

  /** The first second after `from`, up to `to`, with another offset. */
  #change(from: number, to: number, offset: number): number {
    let [before, after] = [from, to];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#ask(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }

  #ask(instant: number): number {
    const shown = { era: 'AD', year: '', month: '', day: '', hour: '', minute: '', second: '' };
    for (const { type, value } of this.#clock.formatToParts(instant * 1000)) {
      if (type in shown) shown[type as keyof typeof shown] = value;
    }
    const year = shown.era.startsWith('B') ? 1 - Number(shown.year) : Number(shown.year);
    const date = secondsOf(year, Number(shown.month), Number(shown.day));
    return date + Number(shown.hour) * 3600 + Number(shown.minute) * 60 + Number(shown.second) - instant;
  }
}

/** Of a midnight. Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function secondsOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000;
}
