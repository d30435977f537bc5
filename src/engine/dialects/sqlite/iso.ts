// Dates and times as SQLite keeps them: ISO 8601 text. What the profiler counts as ISO is what the reader accepts.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

type Timestamp = Extract<LogicalType, { kind: 'timestamp' }>;

// A zero year, month or day has the form, and its own question.
const DATE = /^(\d{4,6})-(\d\d)-(\d\d)( BC)?$/;
const TIMESTAMP =
  /^(\d{4,6}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?\s?(Z|[+-]\d\d(?::?\d\d(?::\d\d)?)?)?( BC)?$/;

/** The batch's form of a date; null for what is none. */
export function dateText(text: string): string | null {
  if (text === 'infinity' || text === '-infinity') return text;
  if (DATE.test(text)) return text;
  // A midnight says no more than its date.
  const match = /^(\d{4,6}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?$/.exec(text);
  return match ? match[1]! : null;
}

/** The batch's form of a timestamp; null for what is none, or would lose an offset. */
export function timestampText(text: string, { zone }: Timestamp): string | null {
  if (text === 'infinity' || text === '-infinity') return text;
  const match = TIMESTAMP.exec(text);
  if (!match) return null;
  const [, date, minutes = '00:00', seconds = ':00', offset = '', era = ''] = match;
  const time = minutes + seconds;
  if (minutes > '24:00' || minutes.slice(3) > '59' || seconds.slice(1, 3) > '60') return null;
  const isUtc = offset === '' || offset === 'Z' || /^[+-]00(:?00)?$/.test(offset);
  if (isUtc) return `${date} ${time}${era}`;
  // An offset on a wall-clock reading would be dropped without a word.
  if (!zone || era !== '') return null;
  return shifted(date!, time, offset);
}

/** Holds for texts that `dateText` accepts and that stand in the calendar. */
export function isoDateSql(c: string): string {
  const shape = `${c} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`;
  const midnight = `${c} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T]00:00*'
    AND ltrim(substr(${c}, 17), ':0.') = ''`;
  return `(${shape} OR (${midnight})) AND ${inCalendar(c)} OR ${written(c)}`;
}

export function isoTimestampSql(c: string, logical: LogicalType): string {
  const zone = logical.kind === 'timestamp' && logical.zone;
  const shape = `${c} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'`;
  const time = `(length(${c}) = 10 OR (substr(${c}, 11, 1) IN (' ', 'T') AND datetime(${c}) IS NOT NULL))`;
  // datetime() takes offsets for times of day as well as Z.
  const offset = zone ? '1' : `NOT (substr(${c}, 11) GLOB '*[+-]*' AND substr(${c}, 11) NOT GLOB '*[+-]00:00')`;
  return `(${shape} AND ${time} AND ${offset} AND ${inCalendar(c)}) OR ${written(c)}`;
}

/** date() turns 31 February into a day of March. Zero dates are asked for on their own. */
function inCalendar(c: string): string {
  return `(date(substr(${c}, 1, 10)) IS substr(${c}, 1, 10)
    OR ${c} LIKE '0000-%' OR substr(${c}, 6, 2) = '00' OR substr(${c}, 9, 2) = '00')`;
}

/** Forms beyond SQLite's own functions, which Drover writes itself for values from other databases. */
function written(c: string): string {
  return `${c} IN ('infinity', '-infinity') OR ${c} GLOB '[0-9][0-9][0-9][0-9]*-[0-9][0-9]-[0-9][0-9]* BC'
    OR ${c} GLOB '[0-9][0-9][0-9][0-9][0-9]*-[0-9][0-9]-[0-9][0-9]*'`;
}

/** Moves a wall-clock reading by its offset to UTC, with the fraction of the second as it stands. */
function shifted(date: string, time: string, offset: string): string | null {
  const [, fraction = ''] = /(\.\d+)$/.exec(time) ?? [];
  const milliseconds = Date.parse(`${date}T${time.slice(0, 8)}Z`);
  const parts = /^([+-])(\d\d):?(\d\d)?(?::(\d\d))?$/.exec(offset);
  if (Number.isNaN(milliseconds) || !parts) return null;
  const [, sign, hours, minutes = '0', seconds = '0'] = parts;
  const by = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const moved = new Date(milliseconds - (sign === '-' ? -by : by)).toISOString();
  return `${moved.slice(0, moved.indexOf('T'))} ${moved.slice(-13, -5)}${fraction}`;
}
