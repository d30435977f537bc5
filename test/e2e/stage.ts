// A stage for one test: the app as a process, its page in a real browser or in the desktop's window, and databases that
// go with it.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { type App, startAgain, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { startDesktop } from '../support/desktop.ts';

export interface Stage extends AsyncDisposable {
  readonly app: App;
  readonly page: Page;
  /** Whatever the page threw or complained about; must stay empty. */
  readonly complaints: string[];
  database(server: ServerName): Promise<TestDatabase>;
  /** Ends the app and starts it again on its data and its port: nothing is left in any memory. Browser only. */
  restart(): Promise<void>;
  /** A database that goes with the stage, too. */
  take(database: TestDatabase): void;
}

/** DROVER_E2E=electron runs the same specs in the desktop's window. */
export const inDesktop = process.env.DROVER_E2E === 'electron';

let browser: Promise<Browser> | null = null;

/** One browser for a file of tests; `closeBrowser` belongs in afterAll. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

export async function setStage(): Promise<Stage> {
  const { app, page, leave } = inDesktop ? await openDesktop() : await openBrowser();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  if (!inDesktop) await page.goto(app.url);
  const databases: TestDatabase[] = [];
  let again: App | null = null;
  return {
    get app() {
      return again ?? app;
    },
    page,
    complaints,
    async database(server) {
      const made = await freshDatabase(server);
      databases.push(made);
      return made;
    },
    take: (database) => void databases.push(database),
    async restart() {
      const { process: child } = again ?? app;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await gone;
      }
      again = await startAgain(app);
    },
    async [Symbol.asyncDispose]() {
      const pictures = process.env.DROVER_TEST_PICTURES;
      if (pictures) await page.screenshot({ path: join(pictures, `${Date.now()}.png`) });
      await again?.close();
      await leave();
      for (const each of databases) await each.drop();
    },
  };
}

interface Opened {
  readonly app: App;
  readonly page: Page;
  leave(): Promise<void>;
}

async function openBrowser(): Promise<Opened> {
  browser ??= launchBrowser();
  const app = await startApp(inject('scratch'));
  const context = await (await browser).newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  return {
    app,
    page: await context.newPage(),
    async leave() {
      await context.close();
      await app.close();
    },
  };
}

async function openDesktop(): Promise<Opened> {
  const app = await startDesktop(inject('scratch'));
  return { app, page: app.page, leave: app.close };
}
