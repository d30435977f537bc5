// The scales of a chart: round figures beside it, and a line as the path that draws it. Places are in percent.

/** 0 and three steps upwards, in figures that read well, with room for `most`; nothing has no scale, and is 0 alone. */
export function roundTicks(most: number): readonly number[] {
  if (most <= 0) return [0];
  const step = niceStep(most / 3);
  return [0, step, 2 * step, 3 * step];
}

/** 1, 2, 2.5 or 5 of the next power of ten, at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((step) => step * power >= least) ?? 10);
}

const WINDOW = 300;
const YOUNG = 60;

/** Seconds that the chart looks back: five minutes; while a run is younger, one minute or as long as it is. */
export function lookBack(points: readonly { readonly at: number }[]): number {
  return Math.min(WINDOW, Math.max(YOUNG, -(points[0]?.at ?? 0)));
}

interface Spot {
  /** Seconds before now, 0 or less. */
  readonly at: number;
  readonly value: number | null;
}

/** As an SVG path in a square of 100; what is not known leaves a gap. */
export function pathOf(spots: readonly Spot[], seconds: number, top: number): string {
  let path = '';
  let joins = false;
  for (const { at, value } of spots) {
    if (value === null) {
      joins = false;
      continue;
    }
    path += `${joins ? 'L' : 'M'}${round(acrossOf(at, seconds))} ${round(heightOf(value, top))}`;
    joins = true;
  }
  return path;
}

/** From the top; on the ground where the scale is 0 alone. */
export function heightOf(value: number, top: number): number {
  return top <= 0 ? 100 : 100 - Math.min(100, (100 * value) / top);
}

export function acrossOf(at: number, seconds: number): number {
  return 100 * (1 + at / seconds);
}

/** The point nearest to a place across; -1 where there is none. */
export function nearest(points: readonly { readonly at: number }[], across: number, seconds: number): number {
  const wanted = (across / 100 - 1) * seconds;
  let best = -1;
  for (const [i, { at }] of points.entries()) {
    if (best < 0 || Math.abs(at - wanted) <= Math.abs(points[best]!.at - wanted)) best = i;
  }
  return best;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function agoWords(at: number): string {
  if (at === 0) return 'now';
  return at % 60 === 0 ? `${at / 60} min` : `${Math.round(at)} s`;
}

/** 120000 → 120k. */
export function shortFigure(value: number): string {
  if (value >= 1e6) return `${trim(value / 1e6)}M`;
  return value >= 1000 ? `${trim(value / 1000)}k` : trim(value);
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}
