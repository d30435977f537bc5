// Histogram edges: at most twenty stretches between round numbers or calendar dates. Exact: no floating point.

import type { PlaceKind } from '../dialects/column-words.ts';
import { plainDecimal } from '../support/decimal.ts';

const MOST = 20;

/** Edges from at or below the least value to above the greatest; null where these are not understood. */
export function edgesBetween(of: PlaceKind, min: string, max: string): string[] | null {
  return of === 'numbers' ? numberEdges(min, max) : timeEdges(min, max);
}

// numbers ------------------------------------------------------------------------------------------------------------

function numberEdges(min: string, max: string): string[] | null {
  const [least, greatest] = [plainDecimal(min), plainDecimal(max)];
  if (least === null || greatest === null) return null;
  const places = Math.max(placesOf(least), placesOf(greatest));
  // Two more places, so that a narrow range can be divided.
  const scale = least === greatest ? places : places + 2;
  const [low, high] = [scaled(least, scale), scaled(greatest, scale)];
  // Whole numbers are not cut into parts.
  const finest = places === 0 ? 10n ** BigInt(scale) : 1n;
  const step = roundStep(high - low, finest);
  const edges: string[] = [];
  for (let edge = floor(low, step) * step; ; edge += step) {
    edges.push(unscaled(edge, scale));
    if (edge > high) return edges;
  }
}

/** 1, 2 or 5 times a power of ten, so that the range has at most MOST of it, one of them for the ends. */
function roundStep(range: bigint, finest: bigint): bigint {
  for (let power = finest; ; power *= 10n) {
    for (const factor of [1n, 2n, 5n]) {
      const step = power * factor;
      if (range / step < BigInt(MOST - 1)) return step;
    }
  }
}

function floor(value: bigint, step: bigint): bigint {
  const quotient = value / step;
  return value < 0n && quotient * step !== value ? quotient - 1n : quotient;
}

function placesOf(decimal: string): number {
  return decimal.includes('.') ? decimal.length - decimal.indexOf('.') - 1 : 0;
}

function scaled(decimal: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = BigInt(`${whole.replace('-', '')}${fraction.padEnd(scale, '0')}`);
  return whole.startsWith('-') ? -digits : digits;
}

function unscaled(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

// dates and times ----------------------------------------------------------------------------------------------------

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/;
const DAY = 86_400;
const STEPS_OF_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY];
const STEPS_OF_MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

function timeEdges(min: string, max: string): string[] | null {
  const [least, greatest] = [secondsOf(min), secondsOf(max)];
  if (least === null || greatest === null) return null;
  const finest = min.length <= 10 && max.length <= 10 ? DAY : 1;
  const seconds = STEPS_OF_SECONDS.find((step) => step >= finest && (greatest - least) / step < MOST - 1);
  const edges: string[] = [];
  if (seconds !== undefined) {
    for (let edge = Math.floor(least / seconds) * seconds; ; edge += seconds) {
      edges.push(textOf(edge));
      if (edge > greatest) return edges;
    }
  }
  const [from, to] = [monthOf(min), monthOf(max)];
  const months = STEPS_OF_MONTHS.find((step) => (to - from) / step < MOST - 1) ?? STEPS_OF_MONTHS.at(-1)!;
  for (let edge = Math.floor(from / months) * months; ; edge += months) {
    // Year 0 and years of five digits are no dates everywhere; the first and the last stretch reach there.
    const year = Math.min(Math.max(Math.floor(edge / 12), 1), 9999);
    edges.push(`${String(year).padStart(4, '0')}-${String((edge % 12) + 1).padStart(2, '0')}-01`);
    if (edge > to) return edges;
  }
}

/** Since 1970; the calendar's arithmetic is all that Date is used for, on whole seconds. */
function secondsOf(text: string): number | null {
  const [, year, month, day, hour = 0, minute = 0, second = 0] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getTime() / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
}

function monthOf(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

function textOf(seconds: number): string {
  const [date = '', time = ''] = new Date(seconds * 1000).toISOString().slice(0, 19).split('T');
  if (time === '00:00:00') return date;
  return `${date} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}
