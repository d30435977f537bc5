// Waiting for the screen to show what was set, before something takes the page's time.

/** Longer than a frame takes: a hidden page draws none. */
const LONGEST_MS = 100;

/** Resolves behind the next frame; soon where none is drawn. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    // A frame's callbacks come before it is drawn, a timer's behind it.
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => setTimeout(resolve));
    else resolve();
  });
}
