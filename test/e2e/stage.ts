// A stage for one test: the app as a process, a page in a real browser, and databases that go with it.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';

export interface Stage extends AsyncDisposable {
  readonly app: App;
  readonly page: Page;
  /** Whatever the page threw or complained about; must stay empty. */
  readonly complaints: string[];
  database(server: ServerName): Promise<TestDatabase>;
  /** A database that goes with the stage, too. */
  take(database: TestDatabase): void;
}

let browser: Promise<Browser> | null = null;

/** One browser for a file of tests; `closeBrowser` belongs in afterAll. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

export async function setStage(scheme: 'light' | 'dark' = 'light'): Promise<Stage> {
  browser ??= launchBrowser();
  const app = await startApp(inject('scratch'));
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(app.url);
  const databases: TestDatabase[] = [];
  return {
    app,
    page,
    complaints,
    async database(server) {
      const made = await freshDatabase(server);
      databases.push(made);
      return made;
    },
    take: (database) => void databases.push(database),
    async [Symbol.asyncDispose]() {
      const pictures = process.env.DROVER_TEST_PICTURES;
      if (pictures) await page.screenshot({ path: join(pictures, `${Date.now()}.png`) });
      await context.close();
      await app.close();
      for (const each of databases) await each.drop();
    },
  };
}
