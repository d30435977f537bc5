// Steps of columns through the screens: added by mouse and keys, seen on sample rows, run, and found in the target.

import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, openReport, seriousOn, startRun } from './hand.ts';
import { closeBrowser, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

describe('steps made by hand', () => {
  it('trim, capitalise and map values, from SQLite to PostgreSQL', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { source, target } = await customersOn(stage);
    await connect(page, source, target);
    await inspectAndMap(page);
    const steps = page.getByRole('group', { name: 'Steps' });

    // By mouse.
    await chooseTarget(page, 'name');
    await steps.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('option', { name: /^trim/ }).click();
    await expect
      .poll(() => traced(page))
      .toEqual([
        ['As read', '1 trim'],
        ['  ada LOVELACE ', 'ada LOVELACE'],
        ['grace hopper', 'grace hopper'],
        ['NULL', 'NULL'],
      ]);

    // By keys: the new step has the focus, below it is the button.
    const { keyboard } = page;
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByLabel('Find a step').waitFor();
    await keyboard.type('title');
    await page.locator('[data-combobox-selected]').waitFor();
    await keyboard.press('Enter');
    await expect.poll(() => lines(steps)).toEqual(['1 trim', '2 title']);
    await keyboard.press('Alt+ArrowUp');
    await expect.poll(() => lines(steps)).toEqual(['1 title', '2 trim']);
    await keyboard.press('Delete');
    await expect.poll(() => lines(steps)).toEqual(['1 trim']);
    await keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => lines(steps)).toEqual(['1 title', '2 trim']);
    await expect
      .poll(async () => (await traced(page))[1])
      .toEqual(['  ada LOVELACE ', '  Ada Lovelace ', 'Ada Lovelace']);

    // A step that has to be filled in comes into the project when it is whole.
    await chooseTarget(page, 'status');
    await add(page, 'map values');
    await page.getByLabel('Values, line 1: From').fill('A');
    await page.getByLabel('Values, line 1: To').fill('active');
    await keyboard.press('Enter');
    await keyboard.type('I');
    await keyboard.press('Tab');
    await keyboard.type('idle');
    await page.getByRole('combobox', { name: 'Other values' }).click();
    await page.getByRole('option', { name: 'Store NULL' }).click();
    await expect.poll(() => lines(steps)).toEqual(['1 map values ‘A’ → ‘active’ and ‘I’ → ‘idle’, else NULL']);
    await expect
      .poll(async () => (await traced(page)).slice(1))
      .toEqual([
        ['A', 'active'],
        ['I', 'idle'],
        ['?', 'NULL'],
      ]);
    expect(await page.getByRole('table', { name: 'Sample rows before and after' }).innerText()).toMatch(/I → idle/);

    // One too many, taken back.
    await add(page, 'upper');
    await expect.poll(() => lines(steps)).toHaveLength(2);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => lines(steps)).toHaveLength(1);

    expect(await page.getByTitle('2 steps: title, trim').count()).toBe(1);
    await page.getByText('Tree-grid').click();
    expect(await page.getByTitle('2 steps: title, trim').count()).toBe(1);

    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toBe('All 3 rows arrived; every checksum matches; 5 values changed as decided.');
    expect(await target.ask('SELECT id, name, status FROM customers ORDER BY id')).toEqual([
      ['1', 'Ada Lovelace', 'active'],
      ['2', 'Grace Hopper', 'idle'],
      ['3', null, null],
    ]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('mistakes in steps', () => {
  it('stand at the step and the field that has them', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { source, target } = await customersOn(stage);
    await connect(page, source, target);
    await inspectAndMap(page);
    const steps = page.getByRole('group', { name: 'Steps' });

    await chooseTarget(page, 'born');
    await add(page, 'date');
    await page.keyboard.type('%Y-%m-%d');
    await page.keyboard.press('Enter');
    await steps.getByText('The value is not a date of the form %Y-%m-%d.').waitFor();

    await add(page, 'strip');
    await page.keyboard.type('(');
    await page.keyboard.press('Enter');
    const second = steps.getByRole('list', { name: 'Chain' }).locator('> li').nth(1);
    await second.getByRole('alert').getByText("The pattern ( can't be read.").waitFor();
    await page.getByLabel('Pattern').fill('-');
    await second.getByRole('alert').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    // What is no step is not taken: the field says why, and the project stays.
    await page.getByLabel('Pattern').fill('');
    await page.keyboard.press('Enter');
    await second.getByText('Needed.').waitFor();
    expect(await lines(steps)).toEqual(['1 date %Y-%m-%d', '2 strip ‘-’']);

    await chooseTarget(page, 'name');
    await add(page, 'hash');
    await page.keyboard.type('pepper');
    await page.keyboard.press('Enter');
    await steps.getByText('It is never stored in the project.').waitFor();
    await steps.getByRole('alert').getByText('The secret "pepper" is not known.').waitFor();
    expect(await seriousOn(page, 'steps, mistaken')).toEqual([]);

    await goTo(page, 'plan');
    await page.getByText('customers.name: Step 1, hash').first().waitFor();
    expect(stage.complaints).toEqual([]);
  });
});

async function customersOn(stage: Stage) {
  const source = await stage.database('sqlite');
  const target = await stage.database('postgres');
  await source.run(`
    CREATE TABLE customers (id integer PRIMARY KEY, name text, status text, born text);
    INSERT INTO customers VALUES
      (1, '  ada LOVELACE ', 'A', '1815-12-10'), (2, 'grace hopper', 'I', '9 Dec 1906'), (3, NULL, '?', NULL);
  `);
  return { source, target };
}

async function chooseTarget(page: Page, column: string): Promise<void> {
  await page
    .getByRole('listbox', { name: /in the target/ })
    .getByRole('option', { name: new RegExp(`customers\\.${column}`) })
    .click();
  await page.getByRole('region', { name: `Column customers.${column}` }).waitFor();
}

async function add(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByLabel('Find a step').fill(step);
  await page
    .getByRole('option')
    .filter({ has: page.getByText(step, { exact: true }) })
    .click();
}

/** Each step as its line tells it. */
async function lines(steps: Locator): Promise<string[]> {
  const buttons = await steps.getByRole('list', { name: 'Chain' }).locator('button[aria-expanded]').all();
  const words = buttons.map((button) => button.locator('> span').allInnerTexts());
  return (await Promise.all(words)).map((parts) => parts.join(' ').trim());
}

/** The heads, then the sample rows, step by step. */
async function traced(page: Page): Promise<string[][]> {
  const rows = await page.getByRole('region', { name: 'Sample values, step by step' }).locator('tr').all();
  return Promise.all(
    rows.map((row) => row.locator('th, td').evaluateAll((cells) => cells.map((cell) => cell.textContent ?? ''))),
  );
}
