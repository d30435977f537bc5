// What a page holds once all that nobody needs any more is thrown away.

import type { Page } from 'playwright-core';

/** Bytes of its JavaScript heap. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
