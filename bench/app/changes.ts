// Changes of screen, with a project open and a plan made: the first visit of each in a fresh page, then later ones.

import type { Browser, Page } from 'playwright-core';
import type { App } from '../../test/support/app.ts';
import type { BenchContext } from '../context.ts';
import { timeClick } from './clock.ts';
import { appFigure } from './figure.ts';
import { makePlan } from './hand.ts';
import { withPage } from './page.ts';
import { ROUNDS } from './rounds.ts';
import { anythingOf, buttonTo, contentOf, type ScreenName, screens } from './screens.ts';

const BOUND_MS = 100;
/** Opening the project leads to Map, planning to Plan: neither is a first visit afterwards. */
const firstVisits = screens.filter((screen) => screen !== 'home' && screen !== 'map' && screen !== 'plan');

/** The project was saved under `project`, and was run once. */
export async function measureChanges(
  context: BenchContext,
  browser: Browser,
  { app, project, data }: { readonly app: App; readonly project: string; readonly data: string },
): Promise<void> {
  const first = new Map<ScreenName, number[]>();
  const later = new Map<ScreenName, number[]>();
  const opened: number[] = [];
  const planning: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    context.signal.throwIfAborted();
    await withPage(browser, async (page) => {
      await page.goto(app.url);
      opened.push(
        await timeClick(page, page.getByRole('button', { name: project, exact: true }).first(), contentOf('map')),
      );
      await settle(page);
      planning.push(await timeClick(page, buttonTo(page, 'plan'), anythingOf('plan')));
      await makePlan(page);
      for (const [screens_, times] of [
        [firstVisits, first],
        [screens, later],
      ] as const) {
        for (const screen of screens_) {
          await settle(page);
          const time = await timeClick(page, buttonTo(page, screen), contentOf(screen));
          times.set(screen, [...(times.get(screen) ?? []), time]);
        }
      }
    });
  }
  const tell = (what: string, values: readonly number[], bound: number | null = BOUND_MS) =>
    context.app.push(appFigure({ what, data, unit: 'ms', values, bound }));
  tell('open the project, to Map', opened, null);
  tell('to Plan, to be told that it is made', planning);
  for (const [screen, values] of first) tell(`to ${screen}, first visit`, values);
  for (const [screen, values] of later) tell(`to ${screen}`, values);
}

/** What the screen before goes on doing is not the next one's. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(400);
}
