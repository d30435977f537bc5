// How the charts of a run look and how often they are drawn.

import type { Drawn } from '../model/chart.ts';

/** Drawing one takes longer than everything else on the screen together. */
export const CHART_MS = 2000;

export const grey = 'var(--source)';

export const span = { top: 4, right: 0, bottom: 0, left: 0 } as const;

const WINDOW = 300;
const text = { fontSize: 12, fill: 'var(--quiet)' } as const;

/** Five minutes; while a run is younger, one minute or as long as it is. `end` is what its right end is called. */
export function timeAxis(points: readonly Drawn[], end: string) {
  const length = Math.min(WINDOW, Math.max(60, -(points[0]?.at ?? 0)));
  return {
    dataKey: 'at',
    type: 'number',
    domain: [-length, 0],
    ticks: [-length, -length / 2, 0],
    tickFormatter: (at: number) => ago(at, end),
    tick: text,
    tickLine: false,
    stroke: 'var(--line)',
    height: 20,
    allowDataOverflow: true,
  } as const;
}

export const valueAxis = {
  tick: text,
  tickLine: false,
  axisLine: false,
  tickCount: 4,
  width: 44,
  tickFormatter: short,
} as const;

export const memoryAxis = { ...valueAxis, width: 60, tickFormatter: (value: number) => `${short(value)} MB` } as const;

export function label(end: string) {
  return {
    isAnimationActive: false,
    labelFormatter: (at: unknown) => ago(Number(at), end),
    contentStyle: { background: 'var(--panel)', border: '1px solid var(--line)', borderRadius: 6, fontSize: 12 },
    itemStyle: { color: 'var(--text)' },
  } as const;
}

function ago(at: number, end: string): string {
  if (at === 0) return end;
  return at % 60 === 0 ? `${at / 60} min` : `${Math.round(at)} s`;
}

/** 120000 → 120k. */
function short(value: number): string {
  if (value >= 1e6) return `${trim(value / 1e6)}M`;
  return value >= 1000 ? `${trim(value / 1000)}k` : trim(value);
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}
