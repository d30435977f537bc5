// 1,000,000 events of one run: watched while they come, the log scrolled meanwhile, and looked at by a page that comes afterwards.

import type { Browser, Page } from 'playwright-core';
import type { BenchContext } from '../context.ts';
import { longestFrame, timeClick } from './clock.ts';
import { startEventHost } from './event-host.ts';
import { appFigure, SMOOTH_MS } from './figure.ts';
import { heapOf } from './heap.ts';
import { withPage } from './page.ts';
import { startMeter } from './processes.ts';
import { ROUNDS } from './rounds.ts';
import { countUpdates } from './watching.ts';

const DATA = '1,000,000 events';
const LOG = 'section[aria-label="Event log"] section[aria-label="Lines"]';
const LINE = `${LOG} [title^="Line"]`;

export async function measureEvents(context: BenchContext, browser: Browser): Promise<void> {
  context.say(`App: ${DATA}`);
  const host = await startEventHost(context.folder);
  const tell = (
    what: string,
    unit: 'ms' | 'bytes' | 'a second' | '% of a core',
    values: number[],
    bound: number | null,
  ) => context.app.push(appFigure({ what, data: DATA, unit, values, bound }));
  try {
    await withPage(browser, async (page) => {
      const updates = countUpdates(page);
      await openRun(page, host.url);
      updates.begin();
      const meter = await startMeter(browser);
      const began = performance.now();
      await host.pour();
      const seconds = (performance.now() - began) / 1000;
      const { renderer } = await meter.stop();
      tell('updates, most in a second', 'a second', [Math.max(...updates.perSecond())], 10);
      tell('the page while they come', '% of a core', [(100 * renderer) / seconds], null);
      tell('heap when all have come', 'bytes', [await heapOf(page)], null);
    });
    const frames: number[] = [];
    await withPage(browser, async (page) => {
      await openRun(page, host.url);
      await page.locator(LINE).first().waitFor();
      const pouring = host.pour();
      for (let round = 0; round < ROUNDS; round++) frames.push(await longestFrame(page, LOG, 120));
      await pouring;
    });
    tell('longest frame, scrolling the log while they come', 'ms', frames, SMOOTH_MS);
    const [shown, told, still]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      await withPage(browser, async (page) => void shown.push(await openRun(page, host.url)));
      await withPage(browser, async (page) => {
        told.push(await openRun(page, host.url, LINE));
        await page.waitForTimeout(500);
        still.push(await longestFrame(page, LOG, 120));
      });
    }
    tell('to the run, afterwards', 'ms', shown, 100);
    tell('till its last lines stand there', 'ms', told, null);
    tell('longest frame, scrolling the log afterwards', 'ms', still, SMOOTH_MS);
  } finally {
    await host.close();
  }
}

/** From Home to the run that goes on; milliseconds until `content` is seen. */
async function openRun(page: Page, url: string, content = LOG): Promise<number> {
  await page.goto(url);
  const watch = page.getByRole('button', { name: 'Watch' });
  await watch.waitFor();
  // The other screens are fetched.
  await page.waitForTimeout(1000);
  return timeClick(page, watch, content);
}
