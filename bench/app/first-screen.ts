// The first screen: from the navigation to a painted Home, with nothing in the cache.

import type { Browser } from 'playwright-core';
import { startApp } from '../../test/support/app.ts';
import type { BenchContext } from '../context.ts';
import { timeNavigation } from './clock.ts';
import { appFigure } from './figure.ts';
import { withPage } from './page.ts';
import { ROUNDS } from './rounds.ts';

export async function measureFirstScreen(context: BenchContext, browser: Browser): Promise<void> {
  context.say('App: first screen');
  const app = await startApp(context.folder);
  try {
    const values: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const content = 'section[aria-label="Home"] [aria-label="Begin"]';
      values.push(await withPage(browser, (page) => timeNavigation(page, app.url, content)));
    }
    context.app.push(appFigure({ what: 'first screen', data: 'nothing', unit: 'ms', values, bound: 1000 }));
  } finally {
    await app.close();
  }
}
