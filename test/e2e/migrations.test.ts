// Whole migrations through the screens, in a real browser and on real databases.

import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openClient } from '../support/client.ts';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import {
  connect,
  endOfRun,
  goTo,
  inspectAndMap,
  openReport,
  PATIENCE_MS,
  pauseBeforeLoading,
  replaceWhatStandsThere,
  startRun,
} from './hand.ts';
import { closeBrowser, setStage } from './stage.ts';

afterAll(closeBrowser);

describe('the sample', () => {
  it('goes from Home to a verified report', async () => {
    await using stage = await setStage();
    const { page } = stage;
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor({ timeout: PATIENCE_MS });
    await startRun(page, 'new_shop.db');
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toBe(
      '124,252 rows arrived; every checksum matches; 5,937 rows are in quarantine; 320,889 values changed as decided.',
    );
    await page.getByText('Business rules, 3 of 3 met').waitFor();
    await page.getByRole('row', { name: /customers → customer.*39,748/ }).click();
    await page.getByRole('tab', { name: /^Rules \d of 4/ }).click();
    await page.getByRole('row', { name: /email: required.*went into quarantine/ }).waitFor();
    await page.getByRole('tab', { name: 'Quarantine 5,937' }).click();
    await page.getByText('5,937 rows', { exact: true }).waitFor();
    expect(stage.complaints).toEqual([]);
  });
});

describe('a mapping made by hand', () => {
  it('renames, retypes, skips and filters, from PostgreSQL to MariaDB', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('mariadb');
    await source.run(`
      CREATE TABLE customers (id integer PRIMARY KEY, mail text NOT NULL, born date, secret text);
      CREATE TABLE scratch (id integer PRIMARY KEY);
      INSERT INTO customers SELECT i, 'p' || i || '@example.com', date '1990-01-01' + i, 'x' FROM generate_series(1, 50) i;
    `);
    await connect(page, source, target);
    await inspectAndMap(page);
    await page.getByText('Tree-grid').click();
    await chooseRow(page, 'customers');
    await page.getByLabel('Name of the table in the target').fill('people');
    await page.getByLabel('Name of the table in the target').press('Enter');
    const filter = page.getByLabel('Filter of customers');
    await filter.click();
    await page.keyboard.type('id <= 20');
    await page.getByText('20 of 50 rows').waitFor();
    await inCell(page, 'customers.mail', 'name', 'email');
    await inCell(page, 'customers.mail', 'type', 'varchar(80)');
    await page.getByRole('checkbox', { name: 'Take customers.secret' }).uncheck();
    await page.getByRole('checkbox', { name: 'Take scratch' }).uncheck();
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toBe('All 20 rows arrived; every checksum matches.');
    expect(await target.ask('SHOW TABLES')).toEqual([['people']]);
    expect(await target.ask('SELECT id, email, born FROM people WHERE id IN (1, 20) ORDER BY id')).toEqual([
      ['1', 'p1@example.com', '1990-01-02'],
      ['20', 'p20@example.com', '1990-01-21'],
    ]);
    const types = await target.ask(
      "SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'people' ORDER BY ordinal_position",
    );
    expect(types).toEqual([
      ['id', 'int(11)'],
      ['email', 'varchar(80)'],
      ['born', 'date'],
    ]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('a plan that is blocked', () => {
  it('can be mended by a remedy, and then runs', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('mariadb');
    const target = await stage.database('postgres');
    await source.run(`
      SET sql_mode = '';
      CREATE TABLE visits (id integer PRIMARY KEY, day date, paid date);
      INSERT INTO visits VALUES (1, '2020-02-29', NULL), (2, '0000-00-00', '0000-00-00');
    `);
    await connect(page, source, target);
    await inspectAndMap(page);
    await goTo(page, 'plan');
    await page.locator('[data-stage="plan"] [data-mark="blocked"]').waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByRole('button', { name: 'Run', exact: true }).last().getAttribute('aria-disabled')).toBe(
      'true',
    );
    // Of both columns at once.
    await page.getByRole('button', { name: 'Store NULL for what does not fit in both columns' }).click();
    await page.locator('[data-stage="plan"] [data-mark="warned"]').waitFor({ timeout: PATIENCE_MS });
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    expect(await target.ask('SELECT id, day, paid FROM visits ORDER BY id')).toEqual([
      ['1', '2020-02-29', null],
      ['2', null, null],
    ]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('rows that cannot be moved', () => {
  it('are kept aside by the policy of the project, and listed in the report', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('sqlite');
    const target = await stage.database('postgres');
    await source.run(`
      CREATE TABLE people (id integer PRIMARY KEY, born text);
      INSERT INTO people VALUES (1, '1990-01-01'), (2, 'some day'), (3, NULL), (4, '2001-02-03');
    `);
    await connect(page, source, target);
    await inspectAndMap(page);
    await page.getByRole('button', { name: 'Errors: stop' }).click();
    const errors = page.getByRole('dialog');
    await errors.getByRole('combobox', { name: 'Rows that can’t be moved' }).click();
    await page.getByRole('option', { name: 'Keep aside, each with its reason' }).click();
    const limit = errors.getByLabel('At most, in percent of a table’s rows');
    await limit.fill('50');
    await limit.press('Tab');
    await page.getByRole('button', { name: 'Errors: keep aside up to 50 %' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Tree-grid').click();
    await inCell(page, 'people.born', 'type', 'date');
    // Somebody else's table of this name is about to be: publishing waits, and the run can be looked at.
    const other = await openClient(target);
    await other.run('BEGIN; CREATE TABLE people (id integer)');
    await startRun(page, target.name);
    // As the run tells it, against the limit.
    const kept = page.locator('dl > div', { hasText: 'rows kept aside; at most 50 %' });
    await kept.getByText('1', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await other.run('ROLLBACK');
    await other.close();
    expect(await endOfRun(page)).toBe('published');
    expect(await openReport(page)).toBe('3 rows arrived; every checksum matches; 1 row is in quarantine.');
    await page.getByRole('tab', { name: 'Quarantine 1' }).click();
    await page.getByRole('row', { name: /people.*id = 2.*born/ }).click();
    const values = page.getByRole('complementary', { name: 'The row as it was read' });
    expect(await values.innerText()).not.toContain('some day');
    await page.getByRole('button', { name: 'Show values' }).click();
    await values.getByText('some day').waitFor();
    expect(await target.ask('SELECT id, born FROM people WHERE id < 5 ORDER BY id')).toEqual([
      ['1', '1990-01-01'],
      ['3', null],
      ['4', '2001-02-03'],
    ]);

    // On paper, too, nobody may take them for arrived.
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.getByText('1 row of the source did not move; each stands with its reason').waitFor();
    await page.getByRole('columnheader', { name: 'Kept aside' }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(stage.complaints).toEqual([]);
  });
});

describe('a change of mind', () => {
  it('cancels a run, which is rolled back, and the target is as it was', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('mariadb');
    await source.run(
      "CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things SELECT i, repeat('x', 900) FROM generate_series(1, 5000) i",
    );
    await target.run('CREATE TABLE things (id integer PRIMARY KEY); INSERT INTO things VALUES (7)');
    const before = await dump(target);
    await connect(page, source, target);
    await inspectAndMap(page);
    await replaceWhatStandsThere(page);
    await startRun(page, target.name);
    // Before anything is written, a run that is cancelled is called refused.
    await pauseBeforeLoading(page);
    await page.getByRole('button', { name: 'Cancel and roll back…' }).click();
    await page.getByRole('button', { name: 'Cancel and roll back', exact: true }).click();
    expect(await endOfRun(page)).toBe('rolled back');
    expect(await dump(target)).toBe(before);
    expect(await objectsOfRun(target, await runShown(page), { drop: false })).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });

  it('rolls back after publish, from the report', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('mariadb');
    const target = await stage.database('postgres');
    await source.run(
      "CREATE TABLE things (id integer PRIMARY KEY, name varchar(20)); INSERT INTO things VALUES (1, 'new')",
    );
    await target.run("CREATE TABLE things (id integer PRIMARY KEY, old text); INSERT INTO things VALUES (7, 'old')");
    const before = await dump(target);
    await connect(page, source, target);
    await inspectAndMap(page);
    await replaceWhatStandsThere(page);
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    await openReport(page);
    expect(await target.ask('SELECT id, name FROM things')).toEqual([['1', 'new']]);
    await page.getByRole('button', { name: 'Roll back to before' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Type the name of the target database/).fill(target.name);
    await dialog.getByRole('button', { name: 'Roll back to before' }).click();
    await dialog.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(await dump(target)).toBe(before);
    expect(stage.complaints).toEqual([]);
  });
});

async function chooseRow(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name, exact: true }).click();
}

/** Types into a cell of the tree-grid. Rows are named after the source. */
async function inCell(page: Page, row: string, cell: 'name' | 'type', text: string): Promise<void> {
  await page.getByRole('row', { name: row, exact: true }).click();
  await page.getByRole('treegrid').focus();
  if (cell === 'type') await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function runShown(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  return /run ([0-9a-z]{12})/.exec(text)?.[1] ?? '';
}
