// A report of more tables than one page holds: walked, sorted and filtered, where the page has only what is seen; and on paper.

import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, openReport, startRun } from './hand.ts';
import { closeBrowser, setStage } from './stage.ts';

const TABLES = 130;

afterAll(closeBrowser);

describe('a report of many tables', () => {
  it('shows any of them, in any order, and prints them all', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('sqlite');
    const target = await stage.database('sqlite');
    await source.run(
      Array.from(
        { length: TABLES },
        (_, i) => `CREATE TABLE t${i} (id integer PRIMARY KEY); INSERT INTO t${i} VALUES (${i});`,
      ).join(''),
    );
    await connect(page, source, target);
    await inspectAndMap(page);
    await startRun(page, 'data.db');
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toBe(`All ${TABLES} rows arrived; every checksum matches.`);
    const grid = page.getByRole('grid', { name: 'Evidence by table' });
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(TABLES + 1));

    await page.getByRole('columnheader', { name: 'Table' }).getByRole('button').first().click();
    await expect.poll(() => firstOf(page)).toBe('t0');
    await page.getByRole('columnheader', { name: 'Table' }).getByRole('button').first().click();
    await expect.poll(() => firstOf(page)).toBe(`t${TABLES - 1}`);
    await grid.focus();
    await page.keyboard.press('End');
    await page.getByRole('complementary', { name: 'Evidence of t0', exact: true }).waitFor();
    expect(await grid.locator('[aria-selected="true"]').getAttribute('data-row')).toBe('t0');

    await page.getByLabel('Filter tables by name').fill('T12');
    await page.getByText(`11 of ${TABLES} tables`).waitFor();
    await expect.poll(() => firstOf(page)).toBe('t129');
    await page.getByLabel('Only those that differ (0)').click();
    await page.getByText(`0 of ${TABLES} tables`).waitFor();
    await page.getByLabel('Only those that differ (0)').click();
    await page.getByLabel('Filter tables by name').fill('');

    const printed = () =>
      page.evaluate(() => {
        window.dispatchEvent(new Event('beforeprint'));
        const names = [...document.querySelectorAll('table')].map((table) => table.querySelectorAll('tbody tr').length);
        window.dispatchEvent(new Event('afterprint'));
        return names[0] ?? 0;
      });
    await expect.poll(printed).toBe(TABLES);
    expect(stage.complaints).toEqual([]);
  });
});

describe('a catalogue that is looked at again', () => {
  it('stays on the screen meanwhile, and then shows what is new', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('sqlite');
    await source.run('CREATE TABLE first (id integer PRIMARY KEY)');
    await connect(page, source, await stage.database('sqlite'));
    await inspectAndMap(page);
    await goTo(page, 'inspect');
    const list = (await page.getByRole('grid', { name: 'Tables of the source' }).elementHandle())!;
    await source.run('CREATE TABLE second (id integer PRIMARY KEY)');
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.locator('[data-row="second"]').waitFor();
    expect(await list.evaluate((element) => element.isConnected)).toBe(true);
    expect(stage.complaints).toEqual([]);
  });
});

function firstOf(page: Page): Promise<string | null> {
  return page.getByRole('grid', { name: 'Evidence by table' }).locator('[aria-rowindex="2"]').getAttribute('data-row');
}
