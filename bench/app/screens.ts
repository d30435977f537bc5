// The nine screens: how a person gets to each, and what has to be seen before it counts as shown.

import type { Locator, Page } from 'playwright-core';

export const screens = ['home', 'connect', 'inspect', 'map', 'plan', 'run', 'report', 'history', 'settings'] as const;
export type ScreenName = (typeof screens)[number];

/** Besides the heading: the grid with rows in it, or what stands in its place. */
const contents: Readonly<Record<ScreenName, string>> = {
  home: '[aria-label="Recent projects"] tbody tr',
  connect: 'form[aria-label="Target"] input',
  inspect: '[role="grid"] [data-row]',
  map: '[role="option"]',
  plan: '[role="tabpanel"] > *',
  run: ':is(footer button, [aria-label="Steps of the run"])',
  report: '[role="tabpanel"] [role="grid"] [data-row]',
  history: '[role="grid"] [data-row]',
  settings: '[aria-label="This machine"]',
};

/** Selects what the screen is for, once it is drawn. */
export function contentOf(screen: ScreenName): string {
  return `section[aria-label="${titleOf(screen)}"] ${contents[screen]}`;
}

/** As soon as the screen says anything: also that it waits for the engine. */
export function anythingOf(screen: ScreenName): string {
  return `section[aria-label="${titleOf(screen)}"] > div *`;
}

export function buttonTo(page: Page, screen: ScreenName): Locator {
  switch (screen) {
    case 'home':
      return page.getByRole('button', { name: /: Home$/ });
    case 'history':
    case 'settings':
      return page.locator('nav').getByRole('button', { name: titleOf(screen) });
    default:
      return page.locator(`button[data-stage="${screen}"]`);
  }
}

export function titleOf(screen: ScreenName): string {
  return screen.charAt(0).toUpperCase() + screen.slice(1);
}
