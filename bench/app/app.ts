// The app: how soon its screens stand, how smooth they are with much in them, and what watching a run costs.

import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.ts';
import type { BenchContext } from '../context.ts';
import { measureCrowded, measureWide } from './crowded.ts';
import { measureEvents } from './events.ts';
import { measureFirstScreen } from './first-screen.ts';
import { measureLongRun } from './long-run.ts';
import { measureQuarantined } from './quarantined.ts';
import { measureSample } from './sample.ts';

const parts = [
  measureFirstScreen,
  measureSample,
  measureLongRun,
  measureCrowded,
  measureWide,
  measureQuarantined,
  measureEvents,
] as const;

export async function measureApp(context: BenchContext): Promise<void> {
  let browser: Browser;
  try {
    browser = await launchBrowser();
  } catch (error) {
    context.missing.push(`app: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  context.say(`App: Chromium ${browser.version()} at 1280 × 800, without a graphics processor`);
  const stop = () => void browser.close();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    for (const measure of parts) {
      context.signal.throwIfAborted();
      // What was measured until then is worth telling all the same.
      await measure(context, browser).catch((error: unknown) => {
        context.missing.push(
          `app, ${measure.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        );
      });
    }
  } finally {
    context.signal.removeEventListener('abort', stop);
    await browser.close();
  }
}
