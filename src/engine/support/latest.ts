// The latest counts: while something is carried out, of all that comes only the last waits for its turn.

/**
 * One act after the other, in the order of the calls, where a later call replaces one that still waits. A promise settles
 * as the act does that carried out its value or one that came later.
 */
export function latestOnly<T>(act: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting: { value: T; done: Promise<void> } | null = null;

  return (value) => {
    if (waiting) {
      waiting.value = value;
      return waiting.done;
    }
    const go = (): Promise<void> => {
      waiting = null;
      return act(mine.value);
    };
    const mine = { value, done: last.then(go, go) };
    waiting = mine;
    last = mine.done;
    return mine.done;
  };
}
