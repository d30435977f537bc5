// 100,000 rows in quarantine, by a real run whose one step refuses all but one.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type { Project } from '../../src/shared/model/mapping.ts';
import { type App, startApp } from '../../test/support/app.ts';
import { filesBelow, program } from '../../test/support/program.ts';
import type { BenchContext } from '../context.ts';
import { longestFrame, timeClick } from './clock.ts';
import { refusedRows } from './databases.ts';
import { appFigure, SMOOTH_MS } from './figure.ts';
import { mapFiles } from './hand.ts';
import { heapOf } from './heap.ts';
import { withPage } from './page.ts';
import { ROUNDS } from './rounds.ts';
import { buttonTo, contentOf } from './screens.ts';

const TARGET = 'copy.db';
const DATA = '100,000 rows in quarantine';
const GRID = '[role="grid"][aria-label="Rows in quarantine"]';

export async function measureQuarantined(context: BenchContext, browser: Browser): Promise<void> {
  const app = await startApp(context.folder);
  try {
    context.say(`App: ${DATA}`);
    const source = join(app.folder, 'source.db');
    refusedRows(source);
    await withPage(browser, async (page) => {
      await page.goto(app.url);
      await mapFiles(page, source, join(app.folder, TARGET));
      await page.getByText(/^Saved in/).waitFor();
    });
    await runRefusing(app);
    const [first, last, sorted, frames, heaps]: [number[], number[], number[], number[], number[]] = [
      [],
      [],
      [],
      [],
      [],
    ];
    for (let round = 0; round < ROUNDS; round++) {
      context.signal.throwIfAborted();
      await withPage(browser, async (page) => {
        await page.goto(app.url);
        await page.getByRole('button', { name: 'copy', exact: true }).first().click();
        await page.locator(contentOf('map')).first().waitFor();
        await buttonTo(page, 'report').click();
        const tab = page.getByRole('tab', { name: /^Quarantine/ });
        await tab.waitFor();
        await page.waitForTimeout(500);
        first.push(await timeClick(page, tab, `${GRID} [data-row]`));
        await page.waitForTimeout(500);
        frames.push(await longestFrame(page, GRID, 240));
        await page.locator(`${GRID} [aria-rowindex="100001"][data-row]`).waitFor();
        heaps.push(await heapOf(page));
        const head = page.getByRole('columnheader', { name: 'Key' }).getByRole('button').first();
        await page.locator(GRID).evaluate((grid) => grid.scrollTo(0, 0));
        const row = page.locator(`${GRID} [aria-rowindex="2"][data-row]`);
        // Upwards they stand as they were refused.
        await head.click();
        await page.locator('[role="columnheader"][aria-sort="ascending"]').waitFor();
        const before = await row.innerText();
        const clicked = performance.now();
        sorted.push(await timeClick(page, head, '[role="columnheader"][aria-sort="descending"]'));
        while ((await row.innerText()) === before) await page.waitForTimeout(20);
        last.push(performance.now() - clicked);
      });
    }
    const tell = (what: string, unit: 'ms' | 'bytes', values: readonly number[], bound: number | null) =>
      context.app.push(appFigure({ what, data: DATA, unit, values, bound }));
    tell('to the tab Quarantine', 'ms', first, 100);
    tell('longest frame, scrolling the quarantine', 'ms', frames, SMOOTH_MS);
    tell('click on Key, till the page says that it sorts', 'ms', sorted, 100);
    tell('till the engine has sorted them by Key', 'ms', last, null);
    tell('heap after scrolling the quarantine', 'bytes', heaps, null);
  } finally {
    await app.close();
  }
}

/** The project as it was saved, with a step that takes addresses of e-mail only, carried out by the command line. */
async function runRefusing({ home, folder }: App): Promise<void> {
  const file = filesBelow(join(home, 'projects'))[0]!;
  const project = JSON.parse(readFileSync(file, 'utf8')) as Project;
  const tables = project.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) =>
      column.source === 'email' ? { ...column, steps: [{ do: 'email' }] } : column,
    ),
  }));
  writeFileSync(file, JSON.stringify({ ...project, tables, errors: { onError: 'quarantine', percent: 100 } }));
  const { PATH = '' } = process.env;
  await promisify(execFile)(process.execPath, [program('cli'), 'run', file, '--yes'], {
    cwd: folder,
    env: { PATH, HOME: folder, DROVER_HOME: home, NO_COLOR: '1' },
  }).catch((failure: { code?: number }) => {
    // 3: published, with rows in quarantine.
    if (failure.code !== 3) throw failure;
  });
}
