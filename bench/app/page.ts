// Pages as a person opens them: each in a profile of its own, so that nothing is in its cache.

import type { Browser, Page } from 'playwright-core';

export async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const profile = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await profile.newPage();
    page.setDefaultTimeout(180_000);
    return await use(page);
  } finally {
    await profile.close();
  }
}
