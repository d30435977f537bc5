// Which of many rows, and which columns, are seen. Rows are of one height and the ends of columns are known, so it is arithmetic.

import { type RefObject, useLayoutEffect, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';

export interface Rows {
  readonly count: number;
  /** Pixels. */
  readonly height: number;
  /** How many are drawn beyond those that are seen, on either side. */
  readonly over: number;
}

/** From the first to the one behind the last: of rows, and of columns. */
export interface Seen {
  readonly first: number;
  readonly last: number;
  readonly left: number;
  readonly right: number;
}

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

const NO_COLUMNS: readonly number[] = [];
const COLUMNS_OVER = 2;
/** The part of the window that a list has beside and below all else. */
const USUAL = 0.6;

/** `ends` holds where each column ends, in pixels from the left; absent where there are none to choose from. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  rows: Rows,
  ends: readonly number[] = NO_COLUMNS,
): Seen {
  // A guess; how much can be seen is known once it is laid out, before it is painted. What is missing then comes along.
  const box = useRef<Box>({ top: 0, left: 0, height: USUAL * innerHeight, width: USUAL * innerWidth });
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const seen = seenIn(box.current, rows, ends);
  const latest = useRef({ rows, ends });
  latest.current = { rows, ends };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => {
      const now = latest.current;
      const before = seenIn(box.current, now.rows, now.ends);
      box.current = boxOf(element);
      // At once: what is drawn later is painted a frame too late.
      if (!isSame(seenIn(box.current, now.rows, now.ends), before)) flushSync(drawAgain);
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return seen;
}

/** As many as were ever drawn at once: a row that leaves on one side lends its elements to the one that comes. */
export function useSlots(drawn: number): number {
  const most = useRef(1);
  most.current = Math.max(most.current, drawn);
  return most.current;
}

function boxOf({ scrollTop, scrollLeft, clientHeight, clientWidth }: HTMLElement): Box {
  return { top: scrollTop, left: scrollLeft, height: clientHeight, width: clientWidth };
}

function seenIn(box: Box, { count, height, over }: Rows, ends: readonly number[]): Seen {
  const first = Math.floor(box.top / height);
  const last = Math.ceil((box.top + box.height) / height);
  const left = ends.findIndex((end) => end > box.left);
  const right = ends.findIndex((end) => end >= box.left + box.width);
  return {
    first: Math.max(0, Math.min(count, first - over)),
    last: Math.min(count, last + over),
    left: Math.max(0, left - COLUMNS_OVER),
    right: right < 0 ? ends.length : Math.min(ends.length, right + 1 + COLUMNS_OVER),
  };
}

function isSame(a: Seen, b: Seen): boolean {
  return a.first === b.first && a.last === b.last && a.left === b.left && a.right === b.right;
}
