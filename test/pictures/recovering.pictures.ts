// Runs that did not come to their end by themselves: waiting, left, held, going back, and what Home and History offer.

import type { Page } from 'playwright-core';
import { afterAll, describe, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, PATIENCE_MS, replaceWhatStandsThere, startRun } from '../e2e/hand.ts';
import { closeBrowser, setStage } from '../e2e/stage.ts';
import { namedDatabase, type TestDatabase } from '../support/database.ts';
import { cameraFor } from './camera.ts';
import { crowd, nameInCrowd, shop } from './data.ts';

afterAll(closeBrowser);

describe('unfinished', () => {
  it('is a shop on its way, cut off, left, killed, held and rolled back', async () => {
    const snap = cameraFor('unfinished');
    await using stage = await setStage();
    const { page } = stage;
    const source = await namedDatabase('mariadb', 'shop');
    const target = await namedDatabase('postgres', 'shop_new');
    stage.take(source);
    stage.take(target);
    await source.run(shop);
    await target.run('CREATE TABLE customers (id integer PRIMARY KEY, note text)');
    await target.run("INSERT INTO customers SELECT i, 'old' FROM generate_series(1, 1200) i");
    await connect(page, source, target);
    await inspectAndMap(page);
    await replaceWhatStandsThere(page);

    await loading(page, target);
    await cutOff(target);
    await page
      .locator('[role="status"]')
      .getByText(/^Waiting:/)
      .waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'run-waiting');
    await page.getByRole('row', { name: /order_items.*loading/ }).waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('button', { name: 'Leave, resume later' }).click();
    await endOfRun(page);
    await snap(page, 'run-left');
    await page.getByRole('button', { name: 'Prepare another run' }).click();
    await snap(page, 'run-scope');
    await page.getByRole('navigation', { name: 'Steps before the run' }).getByText('Safety').click();
    await page.getByRole('heading', { name: 'How it publishes' }).scrollIntoViewIfNeeded();
    await snap(page, 'run-safety');
    await page.getByRole('navigation', { name: 'Steps before the run' }).getByText('Start').click();
    await page.getByRole('radio', { name: 'Rehearse' }).check();
    await snap(page, 'run-start');

    await startRun(page, 'shop_new', 'Hold before publishing');
    await endOfRun(page);
    await snap(page, 'run-held');
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByText(/^All of it is loaded and verified/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'publish');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Roll back to before…' }).click();
    await page.getByText(/^What it had loaded is thrown away/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'take-back');
    await page.getByRole('button', { name: 'Leave everything as it is' }).click();

    await page.getByRole('button', { name: /: Home/ }).click();
    await page.getByText(/in staging\.$/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'home');
    await page.getByRole('button', { name: 'Resume…' }).click();
    await page.getByText(/the rest is loaded again/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'resume');
    await page.getByRole('button', { name: 'Not now' }).click();

    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByLabel(/Type the name of the target/).fill('shop_new');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('[role="status"][data-state="published"]').waitFor({ timeout: 3 * PATIENCE_MS });
    await snap(page, 'run-published');
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await snap(page, 'history');
    await page.getByRole('button', { name: 'Drop backups…' }).click();
    await page.getByText(/The space is free afterwards/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'drop-backups');
    await page.getByRole('button', { name: 'Keep them' }).click();
    await page.getByRole('button', { name: 'Roll back to before…' }).click();
    await page.getByText(/all at once or not at all/).waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'roll-back');
    await onlySomeTables(page);
    await page.getByLabel('Roll back warehouses').check();
    await snap(page, 'roll-back-some');
    await page.getByLabel('All tables').check();
    await page.getByLabel(/Type the name of the target/).fill('shop_new');
    await page.getByRole('button', { name: 'Roll back to before', exact: true }).click();
    await page.getByRole('row', { name: /Undone/ }).waitFor({ timeout: 3 * PATIENCE_MS });
    await goTo(page, 'run');
    await snap(page, 'run-undone');

    stage.app.process.kill('SIGKILL');
    await page.getByText('The engine does not answer').waitFor();
    await stage.restart();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(stage.app.url);
    await page.getByRole('button', { name: 'Type the password…' }).first().waitFor({ timeout: PATIENCE_MS });
    await snap(page, 'home-anew');
    await page.getByRole('button', { name: 'Resume…' }).first().click();
    await page
      .getByLabel(/^Password for/)
      .first()
      .waitFor();
    await snap(page, 'passwords');
  });
});

describe('published', () => {
  it('is a warehouse of 500 tables, a few of which go back', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await namedDatabase('postgres', 'warehouse_of_everything_since_1998');
    const target = await namedDatabase('postgres', 'warehouse_of_everything');
    stage.take(source);
    stage.take(target);
    await source.run(crowd);
    for (let i = 3; i < 500; i += 20) await target.run(`CREATE TABLE ${nameInCrowd(i)} AS SELECT ${i} AS id`);
    await connect(page, source, target);
    await inspectAndMap(page);
    await replaceAllThatStands(page);
    await startRun(page, target.name);
    await endOfRun(page);
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await chooseSomeTables(page);
    await choose(page, 'wide_measurements');
    await page.getByLabel(/Type the name of the target/).fill(target.name);
    await page.getByRole('button', { name: /^Roll back \d/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 3 * PATIENCE_MS });

    await target.run(`UPDATE ${nameInCrowd(3)} SET code = 'written since' WHERE id = 7`);
    await chooseSomeTables(page);
    await choose(page, nameInCrowd(3));
    await page.getByLabel('Filter tables by name').fill('billing');
    await cameraFor('crowded')(page, 'roll-back-some');
    await page.getByLabel(/Type the name of the target/).fill(target.name);
    await page.getByRole('button', { name: /^Roll back \d/ }).click();
    await page.getByRole('alert').waitFor({ timeout: 3 * PATIENCE_MS });
    await cameraFor('failing')(page, 'roll-back-some');
  });
});

async function replaceAllThatStands(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mode: create' }).click();
  await page.getByRole('combobox', { name: 'Tables that exist in the target' }).click();
  await page.getByRole('option', { name: /Replace/ }).click();
  await page.keyboard.press('Escape');
}

async function chooseSomeTables(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Roll back to before…' })
    .first()
    .click({ timeout: 3 * PATIENCE_MS });
  await onlySomeTables(page);
}

async function onlySomeTables(page: Page): Promise<void> {
  await page.getByLabel('Only some tables').check({ timeout: PATIENCE_MS });
  await page.getByRole('grid', { name: 'Tables to roll back' }).waitFor({ timeout: PATIENCE_MS });
}

async function choose(page: Page, table: string): Promise<void> {
  await page.getByLabel('Filter tables by name').fill(table.slice(0, 11));
  await page.getByLabel(`Roll back ${table}`).check();
}

async function loading(page: Page, target: TestDatabase): Promise<void> {
  await startRun(page, target.name);
  await page.getByRole('row', { name: /order_items.*loading/ }).waitFor({ timeout: PATIENCE_MS });
}

/** Every session that Drover has there, twice, so that it has to wait. */
async function cutOff(target: TestDatabase): Promise<void> {
  for (let i = 0; i < 8; i++) {
    await target.ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}
