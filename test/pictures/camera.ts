// Takes a picture of the page as it stands, in both themes, at the size that the screens are judged at.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = 'docs/screens';
/** For fonts, charts and the change of theme to settle. */
const SETTLE_MS = 350;

export type Snap = (page: Page, name: string) => Promise<void>;

/** Pictures are named `<state>-<screen>-<theme>.png`. */
export function cameraFor(state: 'empty' | 'typical' | 'crowded' | 'failing' | 'unfinished'): Snap {
  mkdirSync(FOLDER, { recursive: true });
  return async (page, name) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(SETTLE_MS);
      await page.screenshot({ path: join(FOLDER, `${state}-${name}-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };
}
