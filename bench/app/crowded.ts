// Much in the app: 10,000 tables, and one table of 1,000 columns.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startApp } from '../../test/support/app.ts';
import type { BenchContext } from '../context.ts';
import { measureChanges } from './changes.ts';
import { longestFrame } from './clock.ts';
import { MANY_TABLES, manyColumns, manyTables, oneTable } from './databases.ts';
import { appFigure, SMOOTH_MS } from './figure.ts';
import { beginRun, endOfRun, makePlan, mapFiles, prepareRun } from './hand.ts';
import { heapOf } from './heap.ts';
import { inventRun } from './invented.ts';
import { withPage } from './page.ts';
import { ROUNDS } from './rounds.ts';
import { buttonTo, contentOf, type ScreenName } from './screens.ts';

const TARGET = 'copy.db';
/** As Drover calls the project after the target. */
const PROJECT = 'copy';
const CROWD = 'crowd';

export async function measureCrowded(context: BenchContext, browser: Browser): Promise<void> {
  const app = await startApp(context.folder);
  const data = '10,000 tables';
  try {
    context.say(`App: ${data}`);
    const [one, many] = [join(app.folder, 'one.db'), join(app.folder, 'many.db')];
    oneTable(one);
    manyTables(many);
    await withPage(browser, async (page) => {
      await page.goto(app.url);
      await mapFiles(page, one, join(app.folder, TARGET));
      await runOnce(page);
    });
    const target = join(app.folder, `${CROWD}.db`);
    await withPage(browser, async (page) => {
      await page.goto(app.url);
      await mapFiles(page, many, target);
      await saved(page);
    });
    const urls = { source: `sqlite:${many}`, target: `sqlite:${target}` };
    const tables = Array.from({ length: MANY_TABLES }, (_, i) => `t${i}`);
    await inventRun(app.home, { project: CROWD, ...urls, tables });
    await measureChanges(context, browser, { app, project: CROWD, data });
    await measureLong(context, browser, app.url, data);
  } finally {
    await app.close();
  }
}

export async function measureWide(context: BenchContext, browser: Browser): Promise<void> {
  const app = await startApp(context.folder);
  try {
    context.say('App: a table of 1,000 columns');
    const source = join(app.folder, 'source.db');
    manyColumns(source);
    await withPage(browser, async (page) => {
      await page.goto(app.url);
      await mapFiles(page, source, join(app.folder, TARGET));
      await runOnce(page);
    });
    await measureChanges(context, browser, { app, project: PROJECT, data: '1,000 columns' });
  } finally {
    await app.close();
  }
}

async function runOnce(page: Page): Promise<void> {
  await makePlan(page);
  await prepareRun(page, TARGET);
  await beginRun(page);
  await endOfRun(page);
}

/** What was mapped is saved a moment later. */
async function saved(page: Page): Promise<void> {
  await page.getByText(/^Saved in/).waitFor();
}

/** Scrolling from the first table to the last in two seconds, and what the page holds after all of them were seen. */
async function measureLong(context: BenchContext, browser: Browser, url: string, data: string): Promise<void> {
  const frames = new Map<ScreenName, number[]>();
  const heaps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await withPage(browser, async (page) => {
      await page.goto(url);
      await page.getByRole('button', { name: CROWD, exact: true }).first().click();
      await page.locator(contentOf('map')).first().waitFor();
      for (const screen of ['map', 'inspect', 'report'] as const) {
        frames.set(screen, [...(frames.get(screen) ?? []), await scrollOn(page, screen)]);
      }
      await buttonTo(page, 'history').click();
      await page.locator(contentOf('history')).first().waitFor();
      heaps.push(await heapOf(page));
    });
  }
  for (const [screen, values] of frames) {
    const what = `longest frame, scrolling ${screen}`;
    context.app.push(appFigure({ what, data, unit: 'ms', values, bound: SMOOTH_MS }));
  }
  const what = 'heap after Map, Inspect, Report, History';
  context.app.push(appFigure({ what, data, unit: 'bytes', values: heaps, bound: null }));
}

async function scrollOn(page: Page, screen: ScreenName): Promise<number> {
  await buttonTo(page, screen).click();
  await page.locator(contentOf(screen)).first().waitFor();
  await page.waitForTimeout(500);
  return longestFrame(page, `${contentOf(screen).split(' ')[0]} [role="grid"]`, 120);
}
