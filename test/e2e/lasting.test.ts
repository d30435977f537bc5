// Projects that last, on the screens: what changed is shown and settled, other databases, type rules, load files.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import { filesBelow } from '../support/program.ts';
import { connect, endOfRun, goTo, inspectAndMap, PATIENCE_MS, seriousOn, startRun } from './hand.ts';
import { closeBrowser, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

const SHOP = `
  CREATE TABLE customers (id integer PRIMARY KEY, name varchar(80), city varchar(60));
  INSERT INTO customers VALUES (1, 'Ada', 'Lyon'), (2, 'Grace', NULL);
  CREATE TABLE orders (id integer PRIMARY KEY, total decimal(10,2));
  INSERT INTO orders VALUES (1, 12.50)`;

it('shows what changed since a project was mapped, column by column, and settles it step by step', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const source = await stage.database('mariadb');
  const target = await stage.database('postgres');
  await source.run(SHOP);
  await connect(page, source, target);
  await inspectAndMap(page);
  await page.getByText('Saved in').waitFor();
  await source.run(`
    ALTER TABLE customers CHANGE name full_name varchar(80), MODIFY city varchar(90) NOT NULL DEFAULT '', ADD born date;
    CREATE TABLE visits (id integer PRIMARY KEY)`);
  await target.run('CREATE TABLE orders (id integer, extra text)');
  await page.getByRole('button', { name: 'Home' }).click();
  await openProject(page);

  const view = page.getByRole('region', { name: 'What changed since it was mapped' });
  await view.waitFor({ timeout: PATIENCE_MS });
  await page.getByText('7 differences since this was mapped, 1 in the way of a run').waitFor();
  await snap(page, 'drift');
  expect(await seriousOn(page, 'drift')).toEqual([]);
  await view.getByRole('button', { name: 'Read full_name: customers.name' }).click();
  // It is no new column any more.
  await page.getByText('5 differences since this was mapped').waitFor();
  await view.getByRole('button', { name: 'Propose anew: customers.city' }).click();
  await view.getByRole('button', { name: 'Take over: customers.born' }).click();
  await expect
    .poll(() => columnsOf(stage, 'customers'))
    .toEqual([
      ['id', 'integer'],
      ['full_name', 'character varying(80)'],
      ['city', 'character varying(90)'],
      ['born', 'date'],
    ]);
  await page.getByText('3 differences since this was mapped').waitFor();
  await page.getByRole('button', { name: /^Undo: Take over customers.born/ }).click();
  await page.getByText('4 differences since this was mapped').waitFor();
  await page.getByRole('button', { name: /^Redo: Take over customers.born/ }).click();
  await page.getByText('3 differences since this was mapped').waitFor();
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByRole('status', { name: 'Drift' }).waitFor({ state: 'detached' });
  await page.getByLabel('Name of the table in the target').waitFor();
  expect((await saved(stage)).tables.map((table) => table.source)).toEqual(['customers', 'orders']);
  await page.getByText('Saved in').waitFor();
  await page.reload();
  await page.getByLabel('Name of the table in the target').waitFor({ timeout: PATIENCE_MS });
  await page.waitForTimeout(1500);
  expect(await view.count()).toBe(0);
  expect(stage.complaints).toEqual([]);
});

it('keeps the mapping on another kind of database, with the types set by hand, and says what was proposed anew', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const source = await stage.database('mariadb');
  const [first, second] = [await stage.database('postgres'), await stage.database('sqlite')];
  await source.run(SHOP);
  await connect(page, source, first);
  await inspectAndMap(page);
  await page.getByText('Tree-grid').click();
  await page.getByRole('row', { name: /customers\.name/ }).click();
  const type = page.getByRole('combobox', { name: 'Type in the target' });
  await type.fill('text');
  await type.press('Enter');
  await expect.poll(async () => (await columnsOf(stage, 'customers'))[1]).toEqual(['name', 'text']);
  await goTo(page, 'connect');
  const side = page.getByRole('form', { name: 'Target' });
  await side.getByLabel('URL').fill(second.url);
  await side.getByRole('button', { name: 'Test the target' }).click();
  await side.getByText('Privileges').waitFor({ timeout: PATIENCE_MS });
  await goTo(page, 'map');
  await page.getByText(/^Another kind of database: \d+ types? proposed anew/).waitFor({ timeout: PATIENCE_MS });
  await snap(page, 'rebound');
  expect(await seriousOn(page, 'rebound')).toEqual([]);
  await expect
    .poll(() => columnsOf(stage, 'customers'))
    .toEqual([
      ['id', 'INTEGER'],
      ['name', 'text'],
      ['city', 'VARCHAR(60)'],
    ]);
  await startRun(page, 'data.db');
  expect(await endOfRun(page)).toBe('published');
  expect(stage.complaints).toEqual([]);
});

it('types by rules, in their order, counted while they are written; a choice by hand wins', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const source = await stage.database('mariadb');
  const target = await stage.database('postgres');
  await source.run(SHOP);
  await connect(page, source, target);
  await inspectAndMap(page);
  await page.getByRole('button', { name: 'Type rules' }).click();
  const dialog = page.getByRole('dialog', { name: 'Type rules' });
  const add = dialog.getByRole('button', { name: 'Add a rule' });
  await add.click();
  await dialog.getByLabel('Source type of rule 1').fill('varchar(*');
  await dialog.getByLabel('Target type of rule 1').fill('text');
  await dialog.getByText('2 columns').waitFor();
  await add.click();
  await dialog.getByLabel('Column of rule 2').fill('city');
  await dialog.getByLabel('Target type of rule 2').fill('char(60)');
  await dialog.getByRole('cell', { name: '0 columns' }).waitFor();
  await dialog.getByLabel('Column of rule 2').press('Alt+ArrowUp');
  await expect.poll(() => dialog.getByLabel('Column of rule 1').inputValue()).toBe('city');
  await snap(page, 'type-rules');
  expect(await seriousOn(page, 'type rules')).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'detached', timeout: PATIENCE_MS });
  await expect
    .poll(() => columnsOf(stage, 'customers'))
    .toEqual([
      ['id', 'integer'],
      ['name', 'text'],
      ['city', 'char(60)'],
    ]);
  expect(stage.complaints).toEqual([]);
});

it('takes a load file of pgloader’s on Home, and lists what was not taken', async () => {
  await using stage = await setStage();
  const { page, app } = stage;
  const source = await stage.database('mariadb');
  const target = await stage.database('postgres');
  await source.run(SHOP);
  const address = ({ url, password }: typeof source) => url.replace('@', `:${password}@`).replace(/\?.*$/, '');
  writeFileSync(
    join(app.folder, 'shop.load'),
    `LOAD DATABASE
      FROM ${address(source)}
      INTO ${address(target).replace('postgres:', 'postgresql:')}
      WITH include drop, data only, workers = 2
      SET work_mem to '16MB'
      CAST type varchar to text drop typemod
      EXCLUDING TABLE NAMES MATCHING 'orders'
      BEFORE LOAD DO $$ drop table if exists precious $$;`,
  );
  await page.getByRole('button', { name: 'Open a project' }).click();
  await page
    .getByRole('dialog')
    .getByRole('row', { name: /shop\.load/ })
    .dblclick();
  const dialog = page.getByRole('dialog', { name: /shop/ });
  await dialog.getByText('BEFORE LOAD: drop table if exists precious').waitFor();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByText('It decides 2 columns.').waitFor({ timeout: PATIENCE_MS });
  await snap(page, 'load-file');
  expect(await seriousOn(page, 'load file')).toEqual([]);
  await dialog.getByRole('button', { name: 'Go to the mapping' }).click();
  await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
  await expect
    .poll(() => columnsOf(stage, 'customers'))
    .toEqual([
      ['id', 'integer'],
      ['name', 'text'],
      ['city', 'text'],
    ]);
  expect(await saved(stage)).toMatchObject({ mode: 'replace', run: { workers: 2 }, tables: [{ source: 'customers' }] });
  expect(JSON.stringify(await saved(stage))).not.toContain(source.password);
  await startRun(page, target.name);
  expect(await endOfRun(page)).toBe('published');
  expect(stage.complaints).toEqual([]);
});

async function saved({ app }: Stage): Promise<Project> {
  const file = filesBelow(join(app.home, 'projects'))[0]!;
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function columnsOf(stage: Stage, name: string): Promise<[string, string][]> {
  const table = (await saved(stage)).tables.find(({ source }) => source === name);
  return table?.columns.map(({ source, type }) => [source, type]) ?? [];
}

async function openProject(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Recent projects' }).getByRole('button').first().click();
  await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor({ timeout: PATIENCE_MS });
}

/** DROVER_TEST_PICTURES=<folder> keeps the new views in both themes. */
async function snap(page: Page, name: string): Promise<void> {
  const folder = process.env.DROVER_TEST_PICTURES;
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
