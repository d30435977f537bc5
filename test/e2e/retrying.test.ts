// Rows in quarantine, mended and retried through the screens, while the project stays open.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, openReport, PATIENCE_MS, startRun } from './hand.ts';
import { closeBrowser, setStage } from './stage.ts';

afterAll(closeBrowser);

it('a row in quarantine leads to its column, and is retried by the mended mapping', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const source = await stage.database('sqlite');
  const target = await stage.database('postgres');
  await source.run(`
    CREATE TABLE people (id integer PRIMARY KEY, mail text);
    INSERT INTO people VALUES (1, 'a@b.cd'), (2, 'nothing'), (3, 'E @ B.CD');
  `);
  await connect(page, source, target);
  await inspectAndMap(page);
  await page.getByRole('button', { name: 'Errors: stop' }).click();
  const errors = page.getByRole('dialog');
  await errors.getByRole('combobox', { name: 'Rows that can’t be moved' }).click();
  await page.getByRole('option', { name: 'Keep aside, each with its reason' }).click();
  const limit = errors.getByLabel('At most, in percent of a table’s rows');
  await limit.fill('90');
  await limit.press('Tab');
  await page.keyboard.press('Escape');
  const { keyboard } = page;
  await page
    .getByRole('listbox', { name: /in the target/ })
    .getByRole('option', { name: /people\.mail/ })
    .click();
  await add(page, 'email');
  await startRun(page, target.name);
  expect(await endOfRun(page)).toBe('published');
  expect(await openReport(page)).toBe('The one row arrived; its checksum matches; 2 rows are in quarantine.');

  await page.getByRole('tab', { name: 'Quarantine 2' }).click();
  await page.getByRole('row', { name: /people.*id = 3.*mail.*email/ }).click();
  await page.getByRole('button', { name: 'Mend the mapping' }).click();
  await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
  await page.getByRole('region', { name: 'Column people.mail' }).waitFor();
  await add(page, 'strip');
  await keyboard.type(' ');
  await keyboard.press('Enter');
  const chain = page.getByRole('group', { name: 'Steps' }).getByRole('list', { name: 'Chain' });
  await chain.locator('button[aria-expanded]').nth(1).focus();
  await keyboard.press('Alt+ArrowUp');
  await expect.poll(() => chain.locator('> li').first().innerText()).toContain('strip');

  await goTo(page, 'report');
  await page.getByRole('tab', { name: 'Quarantine 2' }).click();
  await page.getByRole('button', { name: 'Retry…' }).click();
  await page.getByText(/A retry: 2 rows in quarantine/).waitFor({ timeout: PATIENCE_MS });
  await startRun(page, target.name);
  expect(await endOfRun(page)).toBe('published');
  expect(await target.ask('SELECT id, mail FROM people ORDER BY id')).toEqual([
    ['1', 'a@b.cd'],
    ['3', 'e@b.cd'],
  ]);

  // The run that it was of, not the retry, is the one of the open project.
  await goTo(page, 'report');
  await page.getByRole('tab', { name: 'Quarantine 2' }).click();
  await page.getByText('2 rows, 1 resolved').waitFor();
  await page.getByRole('row', { name: /id = 3.*resolved by run/ }).waitFor();
  await page.getByRole('button', { name: 'Export rows' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /^CSV/ }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/quarantine .*\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines[1]).toBe(
    'people,people,"{""id"":""2""}",mail,email,,The value is not an e-mail address.,,"{""id"":""2"",""mail"":""nothing""}"',
  );
  expect(stage.complaints).toEqual([]);
});

async function add(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByLabel('Find a step').fill(step);
  await page
    .getByRole('option')
    .filter({ has: page.getByText(step, { exact: true }) })
    .click();
}
