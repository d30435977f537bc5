// The row that a key leads to, in every list that is walked by keys.

const PAGE = 20;

/** null for keys that do not walk; otherwise a row that exists. */
export function stepOf(key: string, at: number, count: number): number | null {
  const to = unbounded(key, at, count);
  return to === null || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

function unbounded(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + PAGE;
    case 'PageUp':
      return at - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
