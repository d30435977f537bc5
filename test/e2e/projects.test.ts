// Projects and their runs as a person meets them: files changed elsewhere, pages loaded anew, runs of others, an engine that is gone.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../support/program.ts';
import { PASSWORD } from '../support/servers/launch.ts';
import {
  connect,
  endOfRun,
  goTo,
  inspectAndMap,
  openReport,
  PATIENCE_MS,
  pauseBeforeLoading,
  startRun,
} from './hand.ts';
import { closeBrowser, inDesktop, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

const THINGS = 'CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things VALUES (1)';
const MANY_THINGS =
  "CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things SELECT i, repeat('x', 900) FROM generate_series(1, 5000) i";

describe('a project file', () => {
  it('with a password in it gives it to nobody but the database', async () => {
    await using stage = await setStage();
    const { page, app } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    const path = await projectFile(app.home);
    const project = JSON.parse(readFileSync(path, 'utf8'));
    project.source.url = project.source.url.replace('@', `:${PASSWORD}@`);
    const byHand = join(app.folder, 'by-hand.drover.json');
    writeFileSync(byHand, JSON.stringify({ ...project, name: 'by-hand' }));
    // Another Drover, which has no password in its memory.
    await anew(stage);
    const heard: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await openByHand(page);
    await goTo(page, 'plan');
    await page.locator('[data-stage="plan"] [data-mark="proved"]').waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'by-hand', exact: true }).waitFor();
    expect(heard.join('')).not.toContain(PASSWORD);
    expect(filesBelow(app.home).filter((file) => readFileSync(file).includes(PASSWORD))).toEqual([]);
  });

  it('that was changed elsewhere is not written over, and both can be had', async () => {
    await using stage = await setStage();
    const { page, app } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    const path = await projectFile(app.home);
    const naming = (): string => JSON.parse(readFileSync(path, 'utf8')).tables[0].target;
    const elsewhere = (name: string): void => {
      const project = JSON.parse(readFileSync(path, 'utf8'));
      project.tables[0].target = name;
      writeFileSync(path, JSON.stringify(project));
    };

    elsewhere('by_an_editor');
    await renameTable(page, 'mine');
    const warning = page.getByText('Not saved: the file was changed elsewhere');
    await warning.waitFor();
    await renameTable(page, 'mine_too');
    await page.waitForTimeout(1000);
    expect(naming()).toBe('by_an_editor');
    await page.getByRole('button', { name: 'Take the file’s' }).click();
    await warning.waitFor({ state: 'detached' });
    await expect.poll(() => tableName(page)).toBe('by_an_editor');
    await page.locator('body').press('ControlOrMeta+Z');
    await expect.poll(naming).toBe('mine_too');

    elsewhere('by_an_editor_again');
    await renameTable(page, 'mine_at_last');
    await page.getByRole('button', { name: 'Save over it' }).click();
    await expect.poll(naming).toBe('mine_at_last');
    await page.getByText('Saved in').waitFor();

    elsewhere('by_an_editor_once_more');
    await renameTable(page, 'nowhere');
    await warning.waitFor();
    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'New migration' }).click();
    await page.getByRole('dialog', { name: 'with a change that is not saved?' }).waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await goTo(page, 'map');
    expect(await tableName(page)).toBe('nowhere');
    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'New migration' }).click();
    await page.getByRole('button', { name: 'Leave, and lose the change' }).click();
    await page.getByRole('heading', { level: 1, name: 'Connect' }).waitFor();
    expect(naming()).toBe('by_an_editor_once_more');
    expect(stage.complaints).toEqual([]);
  });

  it('is open again when the page is loaded anew; when it is gone, Home says so', async () => {
    await using stage = await setStage();
    const { page, app } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    const path = await projectFile(app.home);
    await page.getByText('Saved in').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
    await expect.poll(() => tableName(page)).toBe('things');
    await page.locator('[data-stage="connect"] [data-mark="proved"]').waitFor({ timeout: PATIENCE_MS });
    expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({ 'drover.project': path });
    rmSync(path);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.getByText(`The project file ${path} cannot be read.`).waitFor();
  });
});

describe('the run of one migration', () => {
  it('is not told of another, and not told as published once it is rolled back', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    const other = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    await startRun(page, 'data.db');
    expect(await endOfRun(page)).toBe('published');
    await expect.poll(() => marks(page)).toEqual(['proved', 'proved']);

    await page.getByRole('button', { name: /: Home$/ }).click();
    // Its password is known by now.
    await connect(page, { ...source, password: null }, other);
    await expect.poll(() => marks(page)).toEqual([null, null]);
    await goTo(page, 'report');
    await page.getByRole('heading', { name: 'No run yet' }).waitFor();
    await goTo(page, 'connect');
    await inspectAndMap(page);
    await page.getByText('Saved in data-2.drover.json').waitFor();
    await expect.poll(() => marks(page)).toEqual([null, null]);

    // The first one again: its own run, which is then rolled back.
    await page.getByRole('button', { name: /: Home$/ }).click();
    await page.getByRole('button', { name: 'data', exact: true }).click();
    await expect.poll(() => marks(page)).toEqual(['proved', 'proved']);
    await goTo(page, 'run');
    await goTo(page, 'report');
    await page.getByRole('button', { name: 'Verify again' }).waitFor();
    await page.getByRole('button', { name: 'Roll back to before' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Type the name of the target database/).fill('data.db');
    await dialog.getByText('as the run left them').waitFor();
    await dialog.getByRole('button', { name: 'Roll back to before' }).click();
    await dialog.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await expect.poll(() => marks(page)).toEqual(['undone', 'undone']);
    await page.getByRole('button', { name: 'Verify again' }).waitFor({ state: 'detached' });
    await goTo(page, 'run');
    await page.getByText('Published, then rolled back.').waitFor();
    expect(await page.getByText('The new tables stand in the target').count()).toBe(0);
    expect(stage.complaints).toEqual([]);
  });

  it('that differs when it is verified again is not proved any more', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    await startRun(page, 'data.db');
    expect(await endOfRun(page)).toBe('published');
    await openReport(page);
    await target.run("UPDATE things SET name = 'meddled'");
    await page.getByRole('button', { name: 'Verify again' }).click();
    await page.getByText('1 row differs in things').first().waitFor({ timeout: PATIENCE_MS });
    await expect.poll(() => marks(page)).toEqual(['proved', 'blocked']);
  });

  it('goes on while another is at hand, and can be watched from there', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(MANY_THINGS);
    await mapped(stage, source, target);
    await startRun(page, 'data.db');
    await pauseBeforeLoading(page);
    await page.getByRole('button', { name: /: Home$/ }).click();
    await page.getByRole('button', { name: 'New migration' }).click();
    await goTo(page, 'run');
    await page.getByRole('heading', { name: 'Nothing to run yet' }).waitFor();
    await page.getByText('A run of data goes on.').waitFor();
    await expect.poll(() => marks(page)).toEqual([null, null]);
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByText('A run of data goes on.').waitFor();
    await page.getByRole('button', { name: 'Watch' }).first().click();
    await page.getByText('This is a run of data.').waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    expect(await endOfRun(page)).toBe('published');
    await expect.poll(() => marks(page)).toEqual([null, null]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('before a run', () => {
  it('what can’t be taken is told at its field, and a wrong name with other words than none', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(THINGS);
    await mapped(stage, source, target);
    await goTo(page, 'run');
    for (const next of ['Checks', 'Safety', 'Start']) {
      await page.getByRole('button', { name: `Next: ${next}` }).click({ timeout: PATIENCE_MS });
    }
    const start = page.getByRole('button', { name: 'Start migration' });
    const name = page.getByLabel('Type data.db, the name of the target, to go on');
    await page.getByText('Type the name of the target first.').waitFor({ timeout: PATIENCE_MS });
    await name.fill('shop.db');
    await page.getByText('This is not the name of the target.').waitFor();
    await name.fill('data.db');
    await expect.poll(() => start.getAttribute('aria-disabled')).toBe('false');
    for (const [field, most] of [
      ['Workers', '64'],
      ['Batch size', '100,000'],
      ['Memory limit, MB', '1,000,000'],
    ] as const) {
      for (const wrong of ['-5', '0']) {
        await page.getByLabel(field).fill(wrong);
        await page.getByText(`A whole number from 1 to ${most}, or nothing.`).waitFor();
        expect(await start.getAttribute('aria-disabled')).toBe('true');
      }
      await page.getByLabel(field).fill('');
      await expect.poll(() => start.getAttribute('aria-disabled')).toBe('false');
    }
    expect(stage.complaints).toEqual([]);
  });

  it('a password that is not there is called so, and leads to Connect', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('mariadb');
    const target = await stage.database('sqlite');
    await source.run('CREATE TABLE things (id integer PRIMARY KEY)');
    await mapped(stage, source, target);
    await page.getByText('Saved in').waitFor();
    await anew(stage);
    await page.getByRole('button', { name: 'data', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor();
    await goTo(page, 'plan');
    await page
      .getByText(/^Drover has no password for /)
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('button', { name: 'Go to Connect' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Connect' }).waitFor();
  });
});

// The desktop's engine is started again by its own shell.
describe.skipIf(inDesktop)('an engine that is gone', () => {
  it('leaves no figure that could be taken for one of now, and a new one tells that the key is another', async () => {
    await using stage = await setStage();
    const { page, app } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(MANY_THINGS);
    await mapped(stage, source, target);
    await startRun(page, 'data.db');
    await pauseBeforeLoading(page);
    const gone = new Promise((resolve) => app.process.once('exit', resolve));
    // A wish it takes with it unanswered is not the run's end.
    app.process.kill('SIGSTOP');
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    app.process.kill('SIGKILL');
    await gone;
    await page.getByText(/^Unknown since \d\d:\d\d:\d\d: nothing is heard of this run\.$/).waitFor();
    await page.getByText(/^unknown since \d\d:\d\d:\d\d$/).waitFor();
    expect(await page.getByRole('button', { name: 'Resume', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Cancel and roll back…' }).isDisabled()).toBe(true);
    await page.getByText('Not while the engine is out of reach.').waitFor();
    expect(await page.locator('[data-stage="run"]').innerText()).not.toContain('%');
    await stage.restart();
    await page.getByText(/This page’s key is no longer valid/).waitFor({ timeout: PATIENCE_MS });
  });
});

async function mapped(stage: Stage, ...sides: [Parameters<typeof connect>[1], Parameters<typeof connect>[2]]) {
  await connect(stage.page, ...sides);
  await inspectAndMap(stage.page);
}

/** Another Drover on the same data, and the page at its beginning. */
async function anew(stage: Stage): Promise<void> {
  await stage.restart();
  await stage.page.evaluate(() => sessionStorage.clear());
  await stage.page.goto(stage.app.url);
  await stage.page.getByRole('heading', { level: 1 }).first().waitFor();
}

async function projectFile(home: string): Promise<string> {
  await expect.poll(() => filesBelow(join(home, 'projects')).length).toBe(1);
  return filesBelow(join(home, 'projects'))[0]!;
}

async function openByHand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Open a project' }).click();
  const dialog = page.getByRole('dialog');
  // The dialog begins in the person's own folder, which is that of the test.
  await dialog.getByRole('row', { name: /by-hand/ }).dblclick();
  await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor({ timeout: PATIENCE_MS });
}

async function renameTable(page: Page, name: string): Promise<void> {
  const field = page.getByLabel('Name of the table in the target');
  await field.fill(name);
  await field.press('Enter');
}

function tableName(page: Page): Promise<string> {
  return page.getByLabel('Name of the table in the target').inputValue();
}

/** The marks of Run and Report in the rail. */
async function marks(page: Page): Promise<(string | null)[]> {
  const markOf = async (stage: string) => {
    const mark = page.locator(`[data-stage="${stage}"] [data-mark]`);
    return (await mark.count()) === 0 ? null : mark.getAttribute('data-mark');
  };
  return [await markOf('run'), await markOf('report')];
}
