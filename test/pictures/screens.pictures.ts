// Every screen empty, typical, crowded and failing.

import type { Page } from 'playwright-core';
import { afterAll, describe, it } from 'vitest';
import {
  connect,
  endOfRun,
  goTo,
  inspectAndMap,
  openReport,
  PATIENCE_MS,
  replaceWhatStandsThere,
  startRun,
} from '../e2e/hand.ts';
import { closeBrowser, type Stage, setStage } from '../e2e/stage.ts';
import { namedDatabase, type TestDatabase } from '../support/database.ts';
import { cameraFor } from './camera.ts';
import { crowd, faults, shop } from './data.ts';

afterAll(closeBrowser);

const STAGES = ['connect', 'inspect', 'map', 'plan', 'run', 'report'];
const STEPS = ['Checks', 'Safety', 'Start'];

describe('empty', () => {
  it('is every screen of a Drover that was never used', async () => {
    const snap = cameraFor('empty');
    await using stage = await setStage();
    const { page } = stage;
    await page.getByRole('button', { name: 'New migration' }).waitFor();
    await snap(page, 'home');
    for (const each of STAGES) {
      await goTo(page, each);
      await snap(page, each);
    }
    await beside(page, snap);
  });
});

describe('typical', () => {
  it('is a shop that moves from MariaDB to PostgreSQL', async () => {
    const snap = cameraFor('typical');
    await using stage = await setStage();
    const { page } = stage;
    const source = await named(stage, 'mariadb', 'shop');
    const target = await named(stage, 'postgres', 'shop_new');
    await source.run(shop);
    await target.run('CREATE TABLE customers (id integer PRIMARY KEY, note text)');
    await target.run("INSERT INTO customers SELECT i, 'old' FROM generate_series(1, 1200) i");
    await connect(page, source, target);
    await snap(page, 'connect');
    await inspectAndMap(page);
    await goTo(page, 'inspect');
    await page
      .getByRole('row', { name: /orders/ })
      .first()
      .click();
    await page.getByText('First rows').first().click();
    await snap(page, 'inspect');
    await page.getByText('Dependencies', { exact: true }).click();
    await snap(page, 'inspect-graph');
    await page.getByText('Sizes', { exact: true }).click();
    await snap(page, 'inspect-sizes');
    await goTo(page, 'map');
    await page
      .getByRole('row', { name: /customers/ })
      .first()
      .click();
    await snap(page, 'map');
    await page.getByText('Tree-grid').click();
    await page.getByRole('row', { name: /customers\.email/ }).click();
    await snap(page, 'map-tree');
    await replaceWhatStandsThere(page);
    await planned(page);
    await snap(page, 'plan');
    await page.getByRole('tab', { name: /^Tables/ }).click();
    await page
      .getByRole('row', { name: /orders/ })
      .first()
      .click();
    await snap(page, 'plan-tables');
    await goTo(page, 'run');
    await snap(page, 'run-scope');
    for (const next of STEPS) {
      await page.getByRole('button', { name: `Next: ${next}` }).click({ timeout: PATIENCE_MS });
      await snap(page, `run-${next.toLowerCase()}`);
    }
    await startRun(page, 'shop_new');
    await page.getByText('loading').first().waitFor({ timeout: PATIENCE_MS });
    await page.waitForTimeout(3500);
    await snap(page, 'run-live');
    await endOfRun(page);
    await snap(page, 'run-done');
    await openReport(page);
    await snap(page, 'report');
    for (const [name, tab] of [
      ['signatures', /^Sign/],
      ['backups', /^Backups/],
      ['origin', /^How/],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await snap(page, `report-${name}`);
    }
    await target.run(
      "UPDATE orders SET note = 'Altered' WHERE id IN (4, 4000); DELETE FROM stock WHERE product_id = 7",
    );
    await page.getByRole('button', { name: 'Verify again' }).click();
    await page.getByRole('tab', { name: /^Differences [1-9]/ }).click({ timeout: PATIENCE_MS });
    await snap(page, 'report-differences');
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByPlaceholder(/Go to a stage/).fill('ord');
    await snap(page, 'palette');
    await page.keyboard.press('Escape');
    await beside(page, snap);
    await page.getByRole('button', { name: /: Home/ }).click();
    await snap(page, 'home');
  });
});

describe('crowded', () => {
  it('is 500 tables, one of them with 1,000 columns', async () => {
    const snap = cameraFor('crowded');
    await using stage = await setStage();
    const { page } = stage;
    const source = await named(stage, 'postgres', 'warehouse_of_everything_since_1998');
    const target = await named(stage, 'mariadb', 'warehouse_of_everything');
    await source.run(crowd);
    await connect(page, source, target);
    await snap(page, 'connect');
    await inspectAndMap(page);
    await goTo(page, 'inspect');
    await snap(page, 'inspect');
    await page.getByPlaceholder('Filter by name').fill('billing_0');
    await page.getByRole('row', { name: /billing_033/ }).click();
    await page.getByText('Dependencies', { exact: true }).click();
    await page.getByText('3 steps').click();
    await snap(page, 'inspect-graph');
    await page.getByRole('button', { name: 'Close the table' }).click();
    await page.getByText('Sizes', { exact: true }).click();
    await snap(page, 'inspect-sizes');
    await goTo(page, 'map');
    await page.getByLabel('Filter tables').fill('wide');
    await page.getByRole('row', { name: /wide/ }).first().click();
    await snap(page, 'map');
    await page.getByText('Tree-grid').click();
    await page.getByLabel('Filter tables').fill('');
    await snap(page, 'map-tree');
    await planned(page);
    await snap(page, 'plan');
    await page.getByRole('tab', { name: /^Order/ }).click();
    await snap(page, 'plan-order');
    await startRun(page, 'warehouse_of_everything');
    await page.waitForTimeout(6000);
    await snap(page, 'run-live');
    await endOfRun(page);
    await snap(page, 'run-done');
    await openReport(page);
    await snap(page, 'report');
  });
});

describe('failing', () => {
  it('is what does not work, and what the screens say then', async () => {
    const snap = cameraFor('failing');
    await using stage = await setStage();
    const { page } = stage;
    const source = await named(stage, 'mariadb', 'old_shop');
    const target = await named(stage, 'postgres', 'new_shop');
    await source.run(faults);
    await page.getByRole('button', { name: 'New migration' }).click();
    for (const [name, url] of [
      ['Source', source.url.replace(/\/\/\w+@/, '//nobody@')],
      ['Target', 'postgres://nobody@127.0.0.1:1/new_shop'],
    ] as const) {
      const side = page.getByRole('form', { name });
      await side.getByLabel('URL').fill(url);
      const password = side.locator('input[type="password"]');
      await password.fill('wrong');
      await password.press('Tab');
      await side.getByRole('button', { name: `Test the ${name.toLowerCase()}` }).click();
      await side.getByRole('alert').first().waitFor({ timeout: PATIENCE_MS });
    }
    await snap(page, 'connect');
    await goTo(page, 'inspect');
    await snap(page, 'inspect');
    await page.getByRole('button', { name: 'Home' }).click();
    await connect(page, source, target);
    await inspectAndMap(page);
    await planned(page);
    await snap(page, 'plan');
    await goTo(page, 'map');
    await page
      .getByRole('row', { name: /^orders/ })
      .first()
      .click();
    await snap(page, 'map');
    await goTo(page, 'run');
    await page.getByRole('button', { name: 'Next: Checks' }).click({ timeout: PATIENCE_MS });
    await snap(page, 'run-checks');
    await mend(page);
    await snap(page, 'plan-mended');
    await startRun(page, 'new_shop');
    await endOfRun(page);
    await snap(page, 'run-rolled-back');
    await openReport(page);
    await snap(page, 'report');
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await snap(page, 'history');
    stage.app.process.kill('SIGKILL');
    await page.getByText('The engine does not answer').waitFor();
    await snap(page, 'line-lost');
  });
});

async function planned(page: Page): Promise<void> {
  await goTo(page, 'plan');
  await page.getByRole('tab', { name: /^Not carried/ }).waitFor({ timeout: 3 * PATIENCE_MS });
}

/** Takes the first remedy of whatever blocks, until nothing does. */
async function mend(page: Page): Promise<void> {
  await planned(page);
  for (let i = 0; i < 12; i++) {
    const first = page.locator('[data-code][data-severity="blocker"]').getByRole('button').first();
    if (!(await first.isVisible())) return;
    await first.click();
    await planned(page);
    await page.waitForTimeout(1500);
  }
}

async function beside(page: Page, snap: ReturnType<typeof cameraFor>): Promise<void> {
  for (const each of ['History', 'Settings']) {
    await page.getByRole('button', { name: each, exact: true }).click();
    await snap(page, each.toLowerCase());
  }
}

/** A database whose name reads well, gone with the stage. */
async function named(stage: Stage, server: 'postgres' | 'mariadb', name: string): Promise<TestDatabase> {
  const made = await namedDatabase(server, name);
  stage.take(made);
  return made;
}
