// Dates and time zones: strict readers, days that exist, clocks that change.

import { describe, expect, test } from 'vitest';
import type { Transform } from '../../src/shared/model/transform.ts';
import { apply, chainOf } from './transforms-apply.ts';

const date = (...formats: string[]): Transform => ({ do: 'date', formats });
const LEGACY = ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%m/%d/%Y %H:%M:%S', '%d/%m/%Y', '%Y%m%d'];

describe('dates', () => {
  test.each<[string[], string, string]>([
    [LEGACY, '2023-01-15 10:30:00', '2023-01-15 10:30:00'],
    [LEGACY, ' 2023-01-15 ', '2023-01-15'],
    [LEGACY, '01/15/2023 10:30:00', '2023-01-15 10:30:00'],
    [LEGACY, '15/01/2023', '2023-01-15'],
    [LEGACY, '20230115', '2023-01-15'],
    [['%m/%d/%Y', '%d/%m/%Y'], '02/03/2023', '2023-02-03'],
    [['%d/%m/%Y', '%m/%d/%Y'], '02/03/2023', '2023-03-02'],
    [['%Y-%m-%d'], '2024-2-29', '2024-02-29'],
    [['%Y-%m-%d'], '2000-02-29', '2000-02-29'],
    [['%Y-%m-%d'], '0001-01-01', '0001-01-01'],
    [['%d.%m.%y'], '1.2.69', '1969-02-01'],
    [['%d.%m.%y'], '1.2.68', '2068-02-01'],
    [['%d %b %Y'], '5 SEP 2024', '2024-09-05'],
    [['%B %d, %Y'], 'may 5, 2024', '2024-05-05'],
    [['%j/%Y'], '060/2024', '2024-02-29'],
    [['%j/%Y'], '366/2024', '2024-12-31'],
    [['%j/%Y'], '001/2023', '2023-01-01'],
    [['%Y-%m-%d %H'], '2024-01-01 7', '2024-01-01 07:00:00'],
    [['%Y-%m-%d %I:%M %p'], '2024-01-01 12:05 am', '2024-01-01 00:05:00'],
    [['%Y-%m-%d %I:%M %p'], '2024-01-01 12:05 PM', '2024-01-01 12:05:00'],
    [['%Y-%m-%d %I:%M%p'], '2024-01-01 1:05PM', '2024-01-01 13:05:00'],
    [['%Y-%m-%d %H:%M:%S.%f'], '2024-01-01 10:00:00.1234567', '2024-01-01 10:00:00.123456'],
    [['%Y-%m-%d %H:%M:%S.%f'], '2024-01-01 10:00:00.5', '2024-01-01 10:00:00.5'],
    [['%Y-%m-%d %H:%M:%S.%f'], '2024-01-01 10:00:00.000000', '2024-01-01 10:00:00'],
    [['%Y-%m-%dT%H:%M:%S%z'], '2024-01-01T00:30:00+05:30', '2023-12-31 19:00:00'],
    [['%Y-%m-%dT%H:%M:%S%z'], '2024-02-28T23:30:00-0100', '2024-02-29 00:30:00'],
    [['%Y-%m-%dT%H:%M:%S%z'], '2024-01-01T00:30:00Z', '2024-01-01 00:30:00'],
    [['%%%Y%m%d'], '%20240101', '2024-01-01'],
    [['unix'], '0', '1970-01-01 00:00:00'],
    [['unix'], '1673778600', '2023-01-15 10:30:00'],
    [['unix'], '-62135596800', '0001-01-01 00:00:00'],
    [['unix'], '253402300799.9999999', '9999-12-31 23:59:59.999999'],
    [['unix'], '-1.5', '1969-12-31 23:59:58.5'],
    [['unix'], '1.6737786e9', '2023-01-15 10:30:00'],
    [['unix ms'], '1673778600123', '2023-01-15 10:30:00.123'],
    [['unix ms'], '-1', '1969-12-31 23:59:59.999'],
    [['julian'], '2440587.5', '1970-01-01 00:00:00'],
    [['julian'], '2459960', '2023-01-15 12:00:00'],
    [['julian'], '2459959.9375', '2023-01-15 10:30:00'],
    [['julian'], '2440587.500000000006', '1970-01-01 00:00:00.000001'],
    [['julian'], '1721425.5', '0001-01-01 00:00:00'],
  ])('%j reads %j as %j', (formats, value, expected) => {
    expect(apply(date(...formats), value)).toBe(expected);
  });

  test.each<[string, string]>([
    ['%Y-%m-%d', '2023-02-29'],
    ['%Y-%m-%d', '1900-02-29'],
    ['%Y-%m-%d', '2023-04-31'],
    ['%Y-%m-%d', '2023-13-01'],
    ['%Y-%m-%d', '2023-00-10'],
    ['%Y-%m-%d', '2023-01-00'],
    ['%Y-%m-%d', '0000-01-01'],
    ['%Y-%m-%d', '23-01-15'],
    ['%Y-%m-%d', '2023-01-15x'],
    ['%Y-%m-%d', '2023-01-15 10:00:00'],
    ['%Y-%m-%d', '2023-001-15'],
    ['%Y-%m-%d', '٢٠٢٣-01-15'],
    ['%Y%m%d', '2023115'],
    ['%d%m%Y', '1012023'],
    ['%Y-%m-%d %H:%M:%S', '2023-01-15 24:00:00'],
    ['%Y-%m-%d %H:%M:%S', '2023-01-15 10:60:00'],
    ['%Y-%m-%d %H:%M:%S', '2023-01-15 10:00:60'],
    ['%Y-%m-%d %H:%M:%S', '2023-01-15 10:00:0'],
    ['%Y-%m-%d %H:%M:%S', '2023-01-15  10:00:00'],
    ['%Y-%m-%d %I:%M %p', '2023-01-15 13:00 PM'],
    ['%Y-%m-%d %I:%M %p', '2023-01-15 0:30 AM'],
    ['%Y-%m-%d %H:%M:%S.%f', '2023-01-15 10:00:00.'],
    ['%Y-%m-%d %H:%M:%S.%f', '2023-01-15 10:00:00.1234567890'],
    ['%Y-%m-%d %H:%M%z', '2023-01-15 10:00+19:00'],
    ['%Y-%m-%d %H:%M%z', '0001-01-01 00:00+01:00'],
    ['%j/%Y', '366/2023'],
    ['%j/%Y', '000/2023'],
    ['%d %b %Y', '5 september 2024'],
    ['unix', '253402300800'],
    ['unix', '1e999'],
    ['unix', 'now'],
    ['julian', '5373484.5'],
    ['julian', ''],
  ])('%s refuses %j', (format, value) => {
    expect(apply(date(format), value)).toEqual({ refused: `The value is not a date of the form ${format}.` });
  });

  test.each([
    ['%Y-%m', 'no full date'],
    ['%H:%M', 'no full date'],
    ['', 'no full date'],
    ['%Y-%m-%d %q', 'unknown field %q'],
    ['%Y-%m-%d %', 'unknown field %'],
    ['%Y-%m-%d %d', '%d twice'],
    ['%Y-%y-%m-%d', 'both %Y and %y'],
    ['%Y-%m-%b-%d', 'both %m and %b'],
    ['%Y-%m-%d %H %I %p', 'both %H and %I'],
    ['%Y-%m-%d %I', '%I without %p'],
    ['%Y-%m-%d %H %p', '%p without %I'],
    ['%Y-%m-%d %H:%S', '%S without %M'],
    ['%Y-%m-%d %H:%M.%f', '%f without %S'],
    ['%Y-%m-%d %M', 'no hour'],
    ['%Y-%m-%d%z', 'no hour'],
    ['%Y-%j-%d', '%j beside'],
  ])('the format %j has %s', (format, message) => {
    expect(() => chainOf(date('unix', format))).toThrow(
      expect.objectContaining({ code: 'map.bad-transform', message: expect.stringContaining(message) }),
    );
  });
});

describe('time zones', () => {
  const COPENHAGEN = 'Europe/Copenhagen';
  const NEW_YORK = 'America/New_York';
  const KOLKATA = 'Asia/Kolkata';

  test.each([
    [COPENHAGEN, 'UTC', '2024-01-01 12:00:00', '2024-01-01 11:00:00'],
    [COPENHAGEN, 'UTC', '2024-07-01 12:00:00.25', '2024-07-01 10:00:00.25'],
    [COPENHAGEN, 'UTC', '2024-07-01', '2024-06-30 22:00:00'],
    // Forward at 02:00: what never comes moves by the gap.
    [COPENHAGEN, 'UTC', '2024-03-31 01:59:59', '2024-03-31 00:59:59'],
    [COPENHAGEN, 'UTC', '2024-03-31 02:00:00', '2024-03-31 01:00:00'],
    [COPENHAGEN, 'UTC', '2024-03-31 02:30:00', '2024-03-31 01:30:00'],
    [COPENHAGEN, COPENHAGEN, '2024-03-31 02:30:00', '2024-03-31 03:30:00'],
    [COPENHAGEN, 'UTC', '2024-03-31 03:00:00', '2024-03-31 01:00:00'],
    // Back at 03:00: of two instants the earlier.
    [COPENHAGEN, 'UTC', '2024-10-27 01:59:59', '2024-10-26 23:59:59'],
    [COPENHAGEN, 'UTC', '2024-10-27 02:30:00', '2024-10-27 00:30:00'],
    [COPENHAGEN, 'UTC', '2024-10-27 02:59:59', '2024-10-27 00:59:59'],
    [COPENHAGEN, 'UTC', '2024-10-27 03:00:00', '2024-10-27 02:00:00'],
    ['UTC', COPENHAGEN, '2024-10-27 00:59:59', '2024-10-27 02:59:59'],
    ['UTC', COPENHAGEN, '2024-10-27 01:00:00', '2024-10-27 02:00:00'],
    ['UTC', COPENHAGEN, '2024-03-31 00:59:59', '2024-03-31 01:59:59'],
    ['UTC', COPENHAGEN, '2024-03-31 01:00:00', '2024-03-31 03:00:00'],
    [NEW_YORK, 'UTC', '2024-03-10 01:59:59', '2024-03-10 06:59:59'],
    [NEW_YORK, NEW_YORK, '2024-03-10 02:30:00', '2024-03-10 03:30:00'],
    [NEW_YORK, 'UTC', '2024-03-10 03:00:00', '2024-03-10 07:00:00'],
    [NEW_YORK, 'UTC', '2024-11-03 01:30:00', '2024-11-03 05:30:00'],
    [NEW_YORK, 'UTC', '2024-11-03 02:00:00', '2024-11-03 07:00:00'],
    [NEW_YORK, KOLKATA, '2024-07-04 20:00:00', '2024-07-05 05:30:00'],
    [KOLKATA, 'UTC', '2024-03-31 02:30:00', '2024-03-30 21:00:00'],
    ['UTC', 'Australia/Lord_Howe', '2024-04-06 15:00:00', '2024-04-07 01:30:00'],
    ['Pacific/Apia', 'UTC', '2011-12-30 12:00:00', '2011-12-30 22:00:00'],
    // Over the turn of the year.
    [COPENHAGEN, NEW_YORK, '2024-01-01 00:30:00', '2023-12-31 18:30:00'],
    // Local mean times, to the second.
    [COPENHAGEN, 'UTC', '1900-06-01 12:00:00', '1900-06-01 11:00:00'],
    [NEW_YORK, 'UTC', '1900-06-01 12:00:00', '1900-06-01 17:00:00'],
    [KOLKATA, 'UTC', '1900-06-01 12:00:00', '1900-06-01 06:38:50'],
    [NEW_YORK, 'UTC', '1883-01-01 00:00:00', '1883-01-01 04:56:02'],
    [NEW_YORK, 'UTC', '0001-01-01 00:00:00', '0001-01-01 04:56:02'],
    ['UTC', NEW_YORK, '0050-06-01 12:00:00', '0050-06-01 07:03:58'],
  ])('from %s to %s: %s is %s', (from, to, value, expected) => {
    expect(apply({ do: 'time zone', from, to }, value)).toBe(expected);
  });

  test('every hour of two years comes out as Intl says', () => {
    const chain = chainOf({ do: 'time zone', from: 'UTC', to: 'Africa/Casablanca' });
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Africa/Casablanca',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const hours = Array.from({ length: 2 * 365 * 24 }, (_, i) => new Date(Date.UTC(2022, 11, 30, i)));
    const written = hours.map((hour) => hour.toISOString().slice(0, 19).replace('T', ' '));
    expect(written.map((value) => chain.apply(value, { get: () => null }))).toEqual(hours.map((h) => clock.format(h)));
  });

  test.each(['', '2024-01-01 12:00:00Z', '2024-01-01 12:00:00+02:00', '2024-02-30', '9999-12-31 23:59:59'])(
    '%j is refused',
    (value) => {
      expect(apply({ do: 'time zone', from: 'America/New_York', to: 'UTC' }, value)).toHaveProperty('refused');
    },
  );

  test.each([
    ['Mars/Olympus', 'UTC'],
    ['UTC', ''],
  ])('no such zone: %s to %s', (from, to) => {
    expect(() => chainOf({ do: 'time zone', from, to })).toThrow(/^Step 1, time zone: there is no time zone/);
  });
});
