// Time as the page itself has it: from the click to the frame that shows what was asked for.

import type { Locator, Page } from 'playwright-core';

/** Milliseconds from the click on `button` until a frame with `content` was painted. */
export async function timeClick(page: Page, button: Locator, content: string): Promise<number> {
  const timed = page.evaluate(untilPainted, content);
  await button.click();
  return timed;
}

/** Milliseconds from the beginning of the navigation until a frame with `content` was painted. */
export async function timeNavigation(page: Page, url: string, content: string): Promise<number> {
  await page.addInitScript(`window.shown = (${untilPaintedFromStart.toString()})(${JSON.stringify(content)})`);
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate('window.shown');
}

/** Scrolls what `selector` selects from its top to its bottom, a step in each frame; gives the longest frame in milliseconds. */
export function longestFrame(page: Page, selector: string, steps: number): Promise<number> {
  return page.evaluate(scrollThrough, { selector, steps });
}

function untilPainted(content: string): Promise<number> {
  return new Promise((resolve) => {
    const clicked = ({ timeStamp }: MouseEvent): void => {
      const look = (): void => {
        if (!document.querySelector(content)) return void requestAnimationFrame(look);
        // A message comes after the frame that is being made.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - timeStamp);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    };
    addEventListener('click', clicked, { once: true, capture: true });
  });
}

function untilPaintedFromStart(content: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!document.querySelector(content)) return void requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}

function scrollThrough({ selector, steps }: { readonly selector: string; readonly steps: number }): Promise<number> {
  return new Promise((resolve) => {
    const scrolled = document.querySelector(selector)!;
    const step = (scrolled.scrollHeight - scrolled.clientHeight) / steps;
    let longest = 0;
    let taken = 0;
    let last: number | null = null;
    const frame = (now: number): void => {
      if (last !== null) longest = Math.max(longest, now - last);
      last = now;
      scrolled.scrollTop = step * ++taken;
      if (taken > steps) resolve(longest);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
