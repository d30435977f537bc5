// The sample: its run watched and left alone, then every change of screen.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type App, startApp } from '../../test/support/app.ts';
import type { BenchContext } from '../context.ts';
import { measureChanges } from './changes.ts';
import { appFigure } from './figure.ts';
import { openSample, planMade, prepareRun } from './hand.ts';
import { withPage } from './page.ts';
import { countUpdates, leaveRun, tellRun, type Updates, type Watched, watchRun } from './watching.ts';

const TARGET = 'new_shop.db';
const RUNS = 3;

export async function measureSample(context: BenchContext, browser: Browser): Promise<void> {
  const app = await startApp(context.folder);
  try {
    context.say('App: the run of the sample, watched and left alone');
    const watched: Watched[] = [];
    const left: (number | null)[] = [];
    for (let round = 0; round < RUNS; round++) {
      left.push(await prepared(browser, app, (page) => leaveRun(page, app)));
      watched.push(await prepared(browser, app, (page, updates) => watchRun(browser, page, app, updates)));
    }
    tellRun(context, 'sample, reshaped, 130,189 rows read', watched);
    const values = left.filter((value) => value !== null);
    if (values.length > 0) {
      context.app.push(
        appFigure({
          what: 'processor time of the host, left alone',
          data: 'sample, reshaped, 130,189 rows read',
          unit: 's',
          values,
          bound: null,
        }),
      );
    }
    context.say('App: changes of screen with the sample');
    await measureChanges(context, browser, { app, project: 'legacy-shop', data: 'sample' });
  } finally {
    await app.close();
  }
}

/** A run of the sample into a target that is not there yet. */
function prepared<T>(browser: Browser, app: App, use: (page: Page, updates: Updates) => Promise<T>): Promise<T> {
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(join(app.home, 'sample', TARGET + suffix), { force: true });
  }
  return withPage(browser, async (page) => {
    const updates = countUpdates(page);
    await page.goto(app.url);
    await openSample(page);
    await planMade(page);
    await prepareRun(page, TARGET);
    return use(page, updates);
  });
}
