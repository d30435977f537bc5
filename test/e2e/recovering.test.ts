// Runs that did not come to their end by themselves, through the screens: killed, left, held, and refused.

import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import {
  connect,
  endOfRun,
  inspectAndMap,
  openReport,
  PATIENCE_MS,
  pauseBeforeLoading,
  readyToStart,
  replaceWhatStandsThere,
  seriousOn,
  startRun,
} from './hand.ts';
import { closeBrowser, inDesktop, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

const ROWS = 5000;

// The desktop's engine is a child of the window: killing one is killing both.
describe.skipIf(inDesktop)('a run whose Drover was killed', () => {
  it('is resumed from Home, after its passwords were typed again', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { target } = await killed(stage);
    const unfinished = page.getByRole('region', { name: 'Unfinished runs' });
    await unfinished.getByText('Interrupted').waitFor();
    await unfinished.getByRole('button', { name: 'Type the password…' }).click({ timeout: PATIENCE_MS });
    await typePasswords(page, target);
    await unfinished.getByText(/It had published nothing.*stands? in staging\./).waitFor({ timeout: PATIENCE_MS });
    expect(await seriousOn(page, 'home, unfinished')).toEqual([]);
    await unfinished.getByRole('button', { name: 'Resume…' }).click();
    await typePasswords(page, target);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/the rest is loaded again/).waitFor({ timeout: PATIENCE_MS });
    await dialog.getByRole('row', { name: /things.*is replaced.*drover_.*_backup\.things/ }).waitFor();
    expect(await seriousOn(page, 'resume')).toEqual([]);
    expect(await dialog.getByRole('button', { name: 'Resume' }).isDisabled()).toBe(true);
    await confirm(page, target, 'Resume');
    expect(await endOfRun(page)).toBe('published');
    expect(await target.ask('SELECT count(*) FROM things')).toEqual([[String(ROWS)]]);
    expect(await openReport(page)).toBe(`All ${ROWS.toLocaleString('en')} rows arrived; every checksum matches.`);
    await dropBackups(page, target);
  });

  it('is rolled back to before', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { target, before, run } = await killed(stage);
    await page.getByRole('button', { name: 'Roll back to before…' }).click({ timeout: PATIENCE_MS });
    await typePasswords(page, target);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/What it had loaded is thrown away/).waitFor({ timeout: PATIENCE_MS });
    await dialog.getByRole('button', { name: 'Roll back to before' }).click();
    await page.getByRole('row', { name: /Rolled back/ }).waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByRole('region', { name: 'Unfinished runs' }).count()).toBe(0);
    expect(await dump(target)).toBe(before);
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
  });
});

describe('a run that is held', () => {
  it('changes nothing until it is published, and then goes back from History', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const { target, before } = await prepared(stage, 100);
    await startRun(page, target.name, 'Hold before publishing');
    expect(await endOfRun(page)).toBe('held');
    expect(await target.ask('SELECT id FROM things')).toEqual([['7']]);
    await page.locator('[data-step="publish"]').getByText('waits for you').waitFor();
    expect(await seriousOn(page, 'run, held')).toEqual([]);
    await page.getByRole('button', { name: 'Publish…' }).click();
    await confirm(page, target, 'Publish');
    await page.locator('[role="status"][data-state="published"]').waitFor({ timeout: PATIENCE_MS });
    await page.getByText('Published. All 100 rows arrived; every checksum matches.').waitFor();
    expect(await target.ask('SELECT count(*) FROM things')).toEqual([['100']]);
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Roll back to before…' }).click();
    await confirm(page, target, 'Roll back to before');
    await page.getByRole('row', { name: /Undone/ }).waitFor({ timeout: PATIENCE_MS });
    expect(await dump(target)).toBe(before);
    expect(stage.complaints).toEqual([]);
  });
});

describe('a run that is published', () => {
  it('gives back the tables that are chosen, and those that are tied to them', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('sqlite');
    const target = await stage.database('postgres');
    const owners = 'CREATE TABLE owners (id integer PRIMARY KEY)';
    const dogs = 'CREATE TABLE dogs (id integer PRIMARY KEY, owner integer REFERENCES owners (id))';
    const birds = 'CREATE TABLE birds (id integer PRIMARY KEY)';
    await source.run(`${owners}; ${dogs}; ${birds};
      INSERT INTO owners VALUES (1); INSERT INTO dogs VALUES (1, 1); INSERT INTO birds VALUES (1)`);
    await target.run(`${owners}; ${dogs}; ${birds}; INSERT INTO birds VALUES (7)`);
    await connect(page, source, target);
    await inspectAndMap(page);
    await replaceWhatStandsThere(page);
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    await page.getByRole('button', { name: 'History' }).click();
    const opener = page.getByRole('button', { name: 'Roll back to before…' });
    const dialog = page.getByRole('dialog');
    await opener.click();
    await dialog.getByLabel('Only some tables').waitFor({ timeout: PATIENCE_MS });
    await page.keyboard.press('Escape');
    await expect.poll(() => opener.evaluate((each) => each === document.activeElement)).toBe(true);
    await opener.click();
    await dialog.getByLabel('Only some tables').check({ timeout: PATIENCE_MS });
    await dialog.getByLabel('Roll back owners').check({ timeout: PATIENCE_MS });
    await dialog.getByRole('row', { name: /dogs.*comes back.*with owners, by the foreign key/ }).waitFor();
    expect(await dialog.getByLabel('Roll back dogs').isDisabled()).toBe(true);
    expect(await seriousOn(page, 'choosing tables')).toEqual([]);
    await dialog.getByLabel('Roll back owners').uncheck();
    await dialog.getByLabel('Roll back birds').check();
    await confirm(page, target, 'Roll back 1 table');
    await page.getByText('Rolled back', { exact: true }).waitFor({ timeout: PATIENCE_MS });
    expect(await target.ask('SELECT id FROM birds')).toEqual([['7']]);
    expect(await target.ask('SELECT id FROM owners')).toEqual([['1']]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('a second Drover at the same target', () => {
  it('is told who holds it; the first is left, to be gone on with where it was', async () => {
    await using first = await setStage();
    const { page } = first;
    const { source, target } = await prepared(first, ROWS);
    await using second = await setStage();
    await connect(second.page, source, target);
    await inspectAndMap(second.page);
    await replaceWhatStandsThere(second.page);
    const start = await readyToStart(second.page, target.name);

    await startRun(page, target.name);
    await pauseBeforeLoading(page);
    const run = await runShown(page);
    await start.click();
    expect(await endOfRun(second.page)).toBe('refused');
    const refused = second.page.locator('[data-code="run.target-locked"]').first();
    expect(await refused.innerText()).toContain(`drover ${run}`);
    await second.page.getByRole('button', { name: 'Prepare another run' }).click();
    await second.page.getByRole('button', { name: 'Next: Checks' }).click();
    const others = second.page.locator('[data-check="others"]');
    await others.getByText(`A process is at work on ${run}.`).waitFor({ timeout: PATIENCE_MS });
    expect(await others.getAttribute('data-state')).toBe('fail');

    await page.getByRole('button', { name: 'Leave, resume later' }).click();
    expect(await endOfRun(page)).toBe('interrupted');
    await page.getByRole('button', { name: 'Resume…' }).click();
    await confirm(page, target, 'Resume');
    await page.locator('[role="status"][data-state="published"]').waitFor({ timeout: 2 * PATIENCE_MS });
    expect(await target.ask('SELECT count(*) FROM things')).toEqual([[String(ROWS)]]);
  });

  it('sees what the first has left there, and can take it away', async () => {
    await using first = await setStage();
    const { source, target, before } = await prepared(first, ROWS);
    await startRun(first.page, target.name);
    await pauseBeforeLoading(first.page);
    const run = await runShown(first.page);
    await using second = await setStage();
    const { page } = second;
    await connect(page, source, target);
    const left = page.getByRole('region', { name: 'Left by other runs' });
    await left.getByText(run).waitFor({ timeout: PATIENCE_MS });
    await left.getByText(/A process is at work on it now/).waitFor();
    expect(await left.getByRole('button').count()).toBe(0);

    await first.page.getByRole('button', { name: 'Leave, resume later' }).click();
    expect(await endOfRun(first.page)).toBe('interrupted');
    await page.getByRole('button', { name: 'Test the target' }).click();
    await left.getByRole('button', { name: 'Take away…' }).click({ timeout: PATIENCE_MS });
    await page
      .getByRole('dialog')
      .getByRole('row', { name: /things/ })
      .waitFor();
    expect(await seriousOn(page, 'take away')).toEqual([]);
    await confirm(page, target, 'Take away');
    await left.waitFor({ state: 'detached' });
    expect(await dump(target)).toBe(before);
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
    expect(second.complaints).toEqual([]);
  });
});

interface Prepared {
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  /** All that stood in the target. */
  readonly before: string;
}

/** A table in SQLite that replaces one in PostgreSQL, mapped. */
async function prepared(stage: Stage, rows: number): Promise<Prepared> {
  const { page } = stage;
  const source = await stage.database('sqlite');
  const target = await stage.database('postgres');
  await source.run(`CREATE TABLE things (id integer PRIMARY KEY, name varchar(900));
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT ${rows})
    INSERT INTO things SELECT n, hex(zeroblob(300)) FROM c`);
  await target.run('CREATE TABLE things (id integer PRIMARY KEY); INSERT INTO things VALUES (7)');
  const before = await dump(target);
  await connect(page, source, target);
  await inspectAndMap(page);
  await replaceWhatStandsThere(page);
  return { source, target, before };
}

/** As loading begins; then another Drover on the same data, and the page at its beginning. */
async function killed(stage: Stage): Promise<Prepared & { readonly run: string }> {
  const { page } = stage;
  const made = await prepared(stage, ROWS);
  await startRun(page, made.target.name);
  await pauseBeforeLoading(page);
  const run = await runShown(page);
  const { process: child } = stage.app;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  await stage.restart();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(stage.app.url);
  return { ...made, run };
}

async function runShown(page: Page): Promise<string> {
  return page.getByTitle(/The name of this run/).innerText();
}

async function typePasswords(page: Page, { password }: TestDatabase): Promise<void> {
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel(/^Password for/);
  // Once typed it is kept, and not asked for again.
  await dialog.locator('form').waitFor({ timeout: PATIENCE_MS });
  if ((await field.count()) === 0) return;
  await field.fill(password ?? '');
  await dialog.getByRole('button', { name: 'Go on' }).click();
}

/** By the target's name, typed. */
async function confirm(page: Page, target: TestDatabase, act: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Type the name of the target database/).fill(target.name, { timeout: PATIENCE_MS });
  await dialog.getByRole('button', { name: act }).click();
  await dialog.waitFor({ state: 'detached', timeout: PATIENCE_MS });
}

async function dropBackups(page: Page, target: TestDatabase): Promise<void> {
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Drop backups…' }).click();
  await page
    .getByRole('dialog')
    .getByText(/1 earlier table, .*B\. The space is free afterwards/)
    .waitFor();
  await confirm(page, target, 'Drop 1 backup');
  expect(await objectsOfRun(target, null, { drop: false })).toEqual([]);
}
