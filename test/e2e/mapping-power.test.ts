// What a mapping can do beyond its columns, by hand: compute, number, look up, hold to rules, read tables otherwise.

import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, openReport, PATIENCE_MS, seriousOn, startRun } from './hand.ts';
import { closeBrowser, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

describe('a mapping made by hand', () => {
  it('computes, numbers, looks up and holds to rules, from PostgreSQL to MariaDB', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { source, target } = await shopOn(stage);
    await connect(page, source, target);
    await inspectAndMap(page);

    // An expression with a mistake: the source says what is wrong, in its own words, while one types.
    await chooseTable(page, 'customers');
    await addColumn(page, 'Expression');
    const sql = page.getByRole('textbox', { name: 'Expression of customers.computed' });
    await expect.poll(() => sql.evaluate((each) => each === document.activeElement)).toBe(true);
    await retype(page, "first_name || ' ' || lastname");
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText(/column "lastname" does not exist/).waitFor();
    await retype(page, "first_name || ' ' || last_name");
    await inspector.getByText(/column "lastname" does not exist/).waitFor({ state: 'detached' });
    await inspector.getByText('Ada Lovelace').waitFor();
    await page.getByLabel('Name in the target', { exact: true }).fill('full_name');
    await page.keyboard.press('Enter');
    // The columns that it reads lead into it, thinner.
    await expect.poll(() => page.locator('[data-read="computed"]').count()).toBe(2);

    // A new key: numbers from 501 on. The old one stays, to be looked up by.
    await addColumn(page, 'New key');
    await page.getByLabel('Numbers the rows, from').fill('501');
    await page.keyboard.press('Enter');
    await inspector.getByRole('combobox', { name: 'Primary key' }).click();
    await page.getByRole('option', { name: 'Declared here' }).click();
    await inspector.getByLabel('Columns of the primary key').click();
    await page.getByRole('option', { name: 'new_id', exact: true }).click();
    await inspector.getByRole('combobox', { name: 'Unique keys' }).click();
    await page.getByRole('option', { name: 'Declared here' }).click();
    await inspector.getByLabel('Columns of unique key 1').click();
    await page.getByRole('option', { name: 'code', exact: true }).click();

    // A constant, taken back and brought again.
    await addColumn(page, 'Constant');
    await page.getByLabel('Value in every row').fill('old shop');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove this column' }).click();
    await expect.poll(() => targets(page, 'customers')).not.toContain('constant');
    await page.getByRole('button', { name: /^Undo: Remove customers.constant/ }).click();
    await expect.poll(() => targets(page, 'customers')).toContain('constant');

    // Orders find the new key of their customer: tables and columns are chosen, not typed.
    await chooseTable(page, 'orders');
    await page
      .getByRole('listbox', { name: 'Columns of orders in the target' })
      .getByRole('option', { name: /orders\.customer/ })
      .click();
    await add(page, 'step', 'lookup');
    await choose(page, 'Table of the target', 'customers');
    await choose(page, 'Its column that holds the value', 'code');
    await choose(page, 'Its column to take', 'new_id');
    await page.getByRole('combobox', { name: 'Type in the target' }).fill('bigint');
    await page.keyboard.press('Tab');
    const trace = page.getByRole('region', { name: 'Sample values, step by step' });
    await expect.poll(() => trace.innerText()).toMatch(/C-2\s+502/);
    // What the source had as a foreign key joins two types now, says the check; another is declared in its place.
    await inspector.getByText(/joins two types/).waitFor({ timeout: PATIENCE_MS });
    await inspector.getByRole('combobox', { name: 'Foreign keys' }).click();
    await page.getByRole('option', { name: 'Declared here' }).click();
    await inspector.getByLabel('Columns of foreign key 1').click();
    await page.getByRole('option', { name: 'customer', exact: true }).click();
    await inspector.getByLabel('Table that foreign key 1 refers to').click();
    await page.getByRole('option', { name: 'customers', exact: true }).click();
    await inspector.getByLabel('Columns that foreign key 1 refers to').click();
    await page.getByRole('option', { name: 'new_id', exact: true }).click();
    await inspector.getByText(/joins two types/).waitFor({ state: 'detached', timeout: PATIENCE_MS });

    // A rule whose words stand in the list; rows that break it are kept aside.
    await add(page, 'rule', 'range');
    await choose(page, 'Column', 'total');
    await page.getByLabel('At least', { exact: true }).fill('0');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'A row that breaks it' }).click();
    await page.getByRole('option', { name: 'Keep it aside' }).click();
    await inspector
      .getByRole('button', { name: /total: at least 0/ })
      .first()
      .waitFor();

    await inspector.getByRole('combobox', { name: 'Rows that can’t be moved' }).click();
    await page.getByRole('option', { name: 'Keep aside, each with its reason' }).click();
    await inspector.getByLabel('At most, in percent of a table’s rows').fill('50');
    await page.keyboard.press('Tab');

    // A SELECT in place of a table, and only some rows of it.
    await addTable(page, async (dialog) => {
      await dialog.getByText('A SELECT').click();
      await dialog.getByLabel('Name of the table').fill('cities');
      await dialog
        .getByRole('textbox', { name: 'SELECT of the new table' })
        .fill('SELECT city, count(*) AS people FROM customers GROUP BY city');
      await dialog.getByText('people bigint').waitFor();
      expect(await seriousOn(page, 'a SELECT')).toEqual([]);
      await dialog.getByLabel('Columns that tell its rows apart').click();
      await page.getByRole('option', { name: 'city', exact: true }).click();
      await page.keyboard.press('Tab');
    });
    await expect.poll(() => targets(page, 'cities')).toEqual(['city', 'people']);
    await inspector.getByRole('combobox', { name: 'How many rows move' }).click();
    await page.getByRole('option', { name: 'Rehearsal: the first …' }).click();
    await page.getByLabel('Rows', { exact: true }).fill('1');
    await page.keyboard.press('Enter');
    await page.getByText('Rehearsal: only some rows of 1 table move').waitFor();
    await page.getByTitle(/only the first row/).waitFor();

    // A rule in SQL for all of it.
    await page.getByRole('button', { name: 'Rules: none' }).click();
    const rules = page.getByRole('dialog');
    await rules.getByRole('button', { name: 'Add a rule' }).click();
    await rules.getByLabel('What must hold').fill('no order is dearer than 1000');
    await rules.getByRole('textbox', { name: 'SELECT of rule 1' }).fill('SELECT * FROM orders WHERE total > 1000');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await rules.getByRole('button', { name: 'Remove the rule no order is dearer than 1000' }).waitFor();
    expect(await seriousOn(page, 'rules in SQL')).toEqual([]);
    await page.keyboard.press('Escape');
    await rules.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Rules: 1' }).waitFor();
    expect(await seriousOn(page, 'mapping with rules')).toEqual([]);

    await goTo(page, 'plan');
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toMatch(/1 row/);
    expect(await target.ask('SELECT new_id, code, full_name, constant FROM customers ORDER BY new_id')).toEqual([
      ['501', 'C-1', 'Ada Lovelace', 'old shop'],
      ['502', 'C-2', 'Grace Hopper', 'old shop'],
      ['503', 'C-3', 'Alan Turing', 'old shop'],
    ]);
    expect(await target.ask('SELECT id, customer FROM orders ORDER BY id')).toEqual([
      ['1', '502'],
      ['2', '501'],
    ]);
    expect(await target.ask('SELECT COUNT(*) FROM cities')).toEqual([['1']]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('what is read otherwise', () => {
  it('shows what it is, and is removed again', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { source, target } = await shopOn(stage);
    await connect(page, source, target);
    await inspectAndMap(page);

    await chooseTable(page, 'customers');
    await addTable(page, async () => undefined);
    await page.getByText('also feeds').waitFor();
    expect(await tables(page)).toEqual(['customers', 'orders', 'customers_2 → customers_2'].map(first));

    // And the other way: both feed one table, which the first makes; then each its own again.
    await choose(page, 'Its rows go into', 'the table of customers');
    await page.getByText('customers makes the table customers; modes and keys are set there.').waitFor();
    await choose(page, 'Its rows go into', 'A table of its own');
    await page.getByText('customers makes the table customers;').waitFor({ state: 'detached' });
    await addTable(page, async (dialog) => {
      await dialog.getByText('A view', { exact: true }).click();
      await dialog.getByLabel('View of the source').waitFor();
    });
    await expect.poll(() => targets(page, 'londoners')).toEqual(['code', 'name']);
    await page.getByRole('button', { name: 'Remove this table' }).click();
    await expect.poll(() => tables(page)).toEqual(['customers', 'orders', 'customers_2']);

    // Personal data is marked by its name; what hides it comes with one click.
    await chooseTable(page, 'customers');
    await page
      .getByRole('listbox', { name: 'Columns of customers in the target' })
      .getByRole('option', { name: /customers\.mail/ })
      .click();
    const personal = page.getByRole('group', { name: 'Personal data' });
    await personal.getByText(/e-mail address, by name/).waitFor();
    await personal.getByRole('button', { name: 'Mask…' }).click();
    const mask = page.getByRole('menuitem', { name: /^Mask: first letter/ }).first();
    await mask.waitFor();
    expect(await seriousOn(page, 'masks')).toEqual([]);
    await mask.click();
    await personal.getByText('Hidden').waitFor();
    await page.getByText('a***@***.org').first().waitFor();
    expect(await seriousOn(page, 'personal data')).toEqual([]);

    // By keys, in the tree-grid: computed columns are there, and Delete takes them out.
    await addColumn(page, 'Constant');
    await page.getByText('Tree-grid').click();
    const row = page.getByRole('row', { name: 'customers.constant' });
    await row.getByText('constant ‘’').waitFor();
    await page.getByRole('treegrid').focus();
    await page.keyboard.press('Delete');
    await row.waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+Z');
    await row.waitFor();
    expect(await seriousOn(page, 'tree-grid')).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});

const first = (text: string) => text.split(' ')[0];

async function shopOn(stage: Stage) {
  const source = await stage.database('postgres');
  const target = await stage.database('mariadb');
  await source.run(`
    CREATE TABLE customers (code varchar(10) PRIMARY KEY, first_name varchar(40) NOT NULL, last_name varchar(40),
      mail varchar(80), city varchar(40));
    CREATE TABLE orders (id integer PRIMARY KEY, customer varchar(10) NOT NULL REFERENCES customers (code),
      total numeric(10,2) NOT NULL);
    CREATE VIEW londoners AS SELECT code, first_name AS name FROM customers WHERE city = 'London';
    INSERT INTO customers VALUES ('C-1', 'Ada', 'Lovelace', 'ada@example.org', 'London'),
      ('C-2', 'Grace', 'Hopper', 'grace@example.org', 'New York'), ('C-3', 'Alan', 'Turing', 'ada@example.org', 'London');
    INSERT INTO orders VALUES (1, 'C-2', 10), (2, 'C-1', 20.5), (3, 'C-3', -1);
  `);
  return { source, target };
}

async function chooseTable(page: Page, table: string): Promise<void> {
  await page.getByRole('grid', { name: 'Tables' }).getByText(table, { exact: true }).first().click();
  await page.getByRole('region', { name: `Table ${table}` }).waitFor();
}

async function addColumn(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
}

async function addTable(page: Page, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<unknown>): Promise<void> {
  await page.getByRole('button', { name: 'Add table', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Add table', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** A step, or a rule. */
async function add(page: Page, what: 'step' | 'rule', name: string): Promise<void> {
  await page.getByRole('button', { name: `Add a ${what}` }).click();
  await page.getByLabel(`Find a ${what}`).fill(name);
  await page
    .getByRole('option')
    .filter({ has: page.getByText(name, { exact: true }) })
    .click();
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('complementary', { name: 'Inspector' }).getByLabel(field, { exact: true }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Instead of all that stands in the editor. */
async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** The target's columns, as the canvas lists them. */
async function targets(page: Page, table: string): Promise<string[]> {
  const options = page.getByRole('listbox', { name: `Columns of ${table} in the target` }).getByRole('option');
  return options.evaluateAll((all) =>
    all.map((each) => each.querySelector('[title]:not([aria-hidden])')?.getAttribute('title') ?? ''),
  );
}

async function tables(page: Page): Promise<string[]> {
  const rows = page.getByRole('grid', { name: 'Tables' }).getByRole('row');
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => row.querySelector('[title*="→"]')?.getAttribute('title') ?? ''),
  );
  return texts.filter(Boolean).map((text) => text.split(' → ')[0]!);
}
