// Points of the charts, few enough to draw: the last five minutes, as seconds before the last of them.

export interface Drawn {
  /** Seconds before the last point: -300 is five minutes earlier. */
  readonly at: number;
  readonly rows: number;
  /** Megabytes a second. */
  readonly megabytes: number;
  /** Megabytes of memory; null where it was not told. */
  readonly memory: number | null;
}

interface Point {
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
  readonly rss: number | null;
}

const MOST = 150;

/** What the right end of a chart is: now, or the time of day of the last that is known. */
export function rightEnd(points: readonly Point[], live: boolean): string {
  const last = points.at(-1);
  return live || !last ? 'now' : new Date(last.at).toLocaleTimeString('en-GB');
}

/** Neighbours are averaged when there are more than can be told apart. */
export function drawnPoints(points: readonly Point[]): Drawn[] {
  const last = points.at(-1);
  if (!last) return [];
  const step = Math.ceil(points.length / MOST);
  const drawn: Drawn[] = [];
  // From the end, so that the newest group is always full.
  for (let end = points.length; end > 0; end -= step) {
    const group = points.slice(Math.max(0, end - step), end);
    const mean = (of: (point: Point) => number) => group.reduce((sum, each) => sum + of(each), 0) / group.length;
    const { at, rss } = group.at(-1)!;
    drawn.push({
      at: Math.round((at - last.at) / 100) / 10,
      rows: Math.round(mean(({ rows }) => rows)),
      megabytes: mean(({ bytes }) => bytes) / 1e6,
      memory: rss === null ? null : Math.round(rss / 1e6),
    });
  }
  return drawn.reverse();
}
