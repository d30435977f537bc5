// A run of 3,200,000 rows, watched: long enough to tell what updates cost from what the first drawing costs.

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startApp } from '../../test/support/app.ts';
import type { BenchContext } from '../context.ts';
import { manyRows } from './databases.ts';
import { makePlan, mapFiles, prepareRun } from './hand.ts';
import { withPage } from './page.ts';
import { countUpdates, tellRun, type Watched, watchRun } from './watching.ts';

const RUNS = 3;

export async function measureLongRun(context: BenchContext, browser: Browser): Promise<void> {
  context.say('App: a run of 3,200,000 rows, watched');
  const app = await startApp(context.folder);
  try {
    const source = join(app.folder, 'source.db');
    manyRows(source);
    const watched: Watched[] = [];
    for (let round = 0; round < RUNS; round++) {
      const target = `copy${round}.db`;
      await withPage(browser, async (page) => {
        const updates = countUpdates(page);
        await page.goto(app.url);
        await mapFiles(page, source, join(app.folder, target));
        await makePlan(page);
        await prepareRun(page, target);
        watched.push(await watchRun(browser, page, app, updates));
      });
    }
    tellRun(context, '3,200,000 rows', watched);
  } finally {
    await app.close();
  }
}
