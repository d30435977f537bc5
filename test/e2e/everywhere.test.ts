// What must hold on every screen: nothing serious for axe, both themes, thousands of tables, keys alone, and a line that breaks.

import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { namedDatabase } from '../support/database.ts';
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
  seriousOn,
  startRun,
} from './hand.ts';
import { closeBrowser, inDesktop, setStage } from './stage.ts';

afterAll(closeBrowser);

const STAGES = ['connect', 'inspect', 'map', 'plan', 'run', 'report'];

describe('axe', () => {
  it('finds nothing serious on any screen, empty and filled, light or dark', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const found: string[] = [];
    found.push(...(await seriousOn(page, 'home, empty')));
    for (const each of STAGES) {
      await goTo(page, each);
      found.push(...(await seriousOn(page, `${each}, empty`)));
    }
    for (const each of ['History', 'Settings']) {
      await page.getByRole('button', { name: each }).click();
      found.push(...(await seriousOn(page, `${each}, empty`)));
    }
    const source = await stage.database('mariadb');
    const target = await stage.database('postgres');
    await source.run(`
      CREATE TABLE owners (id integer PRIMARY KEY, name varchar(20));
      CREATE TABLE pets (id integer PRIMARY KEY, owner integer, born datetime, FOREIGN KEY (owner) REFERENCES owners (id));
      INSERT INTO owners VALUES (1, 'Ada'); INSERT INTO pets VALUES (1, 1, '2020-01-01');
    `);
    await page.getByRole('button', { name: 'Home' }).click();
    await connect(page, source, target);
    await inspectAndMap(page);
    for (const each of ['connect', 'inspect', 'map', 'plan']) {
      await goTo(page, each);
      found.push(...(await seriousOn(page, each)));
    }
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    found.push(...(await seriousOn(page, 'run')));
    await openReport(page);
    found.push(...(await seriousOn(page, 'report')));
    await page.getByRole('button', { name: 'History' }).click();
    found.push(...(await seriousOn(page, 'history')));
    await page.getByRole('button', { name: 'Home' }).click();
    found.push(...(await seriousOn(page, 'home')));
    expect(found).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});

describe('ten thousand tables', () => {
  it('are inspected, mapped, filtered and walked through by keys', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('sqlite');
    const target = await stage.database('sqlite');
    const file = new Database(source.name);
    file.transaction(() => {
      for (let i = 0; i < 10_000; i++) file.exec(`CREATE TABLE t${i} (id integer PRIMARY KEY, v text)`);
    })();
    file.close();
    await connect(page, source, target);
    await inspectAndMap(page);
    const list = page.getByRole('grid').first();
    expect(await list.getAttribute('aria-rowcount')).toBe('10001');
    // What is not seen is not drawn.
    expect(await list.getByRole('row').count()).toBeLessThan(100);
    await list.focus();
    await page.keyboard.press('End');
    await page.getByRole('row', { name: /t9999/ }).waitFor();
    await page.getByLabel('Filter tables').fill('t777');
    await expect.poll(() => list.getAttribute('aria-rowcount')).toBe('12');
    expect(stage.complaints).toEqual([]);
  });
});

describe('the narrowest window', () => {
  it('shows the canvas whole, and the tools above it', async () => {
    await using stage = await setStage();
    const { page } = stage;
    await page.setViewportSize({ width: 1100, height: 700 });
    const source = await stage.database('postgres');
    const target = await stage.database('mariadb');
    await source.run('CREATE TABLE notes (id integer PRIMARY KEY, body text)');
    await connect(page, source, target);
    await inspectAndMap(page);
    const type = page.getByText('longtext', { exact: true }).first();
    const inspector = await page.getByRole('region', { name: 'Table notes' }).boundingBox();
    const box = await type.boundingBox();
    expect(box!.x + box!.width).toBeLessThan(inspector!.x);
    const cut = page
      .getByRole('toolbar', { name: 'Mapping' })
      .locator('button')
      .evaluateAll((buttons) =>
        buttons.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
      );
    expect(await cut).toEqual([]);
  });

  it('is scrolled downwards alone where less than that is to be seen, as at a zoom of 200 %', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run('CREATE TABLE notes (id integer PRIMARY KEY)');
    await connect(page, source, target);
    await inspectAndMap(page);
    await page.setViewportSize({ width: 640, height: 400 });
    const plan = page.getByRole('button', { name: 'Plan', exact: true }).last();
    const settings = page.getByRole('button', { name: 'Settings', exact: true });
    for (const each of [plan, settings]) await expect.poll(() => isSeen(each)).toBe(true);
    expect(await page.locator('#root').evaluate((root) => root.scrollWidth)).toBe(640);
    const inspector = page.getByRole('region', { name: 'Table notes' });
    const list = await page.getByRole('grid', { name: 'Tables', exact: true }).boundingBox();
    expect((await inspector.boundingBox())!.y, 'what stood beside it stands below').toBeGreaterThan(
      list!.y + list!.height,
    );
    await inspector.getByLabel('Name of the table in the target').scrollIntoViewIfNeeded();
    await expect.poll(() => isSeen(inspector.getByLabel('Name of the table in the target'))).toBe(true);
  });

  it('cuts a long name off, not the marks beside it', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await namedDatabase('postgres', 'shop_of_everything_that_anybody_could_ever_wish_for');
    stage.take(target);
    await source.run('CREATE TABLE notes (id integer PRIMARY KEY)');
    await connect(page, source, target);
    await inspectAndMap(page);
    const home = page.getByRole('button', { name: /: Home$/ });
    expect((await home.locator('svg').boundingBox())!.width).toBe(16);
    await home.click();
    const project = page.getByRole('cell').getByRole('button', { name: target.name }).first();
    expect(await project.evaluate((each) => getComputedStyle(each).textOverflow)).toBe('ellipsis');
    expect(await project.evaluate((each) => each.scrollWidth > each.clientWidth)).toBe(true);
  });
});

/** Whole, within the window. */
async function isSeen(button: Locator): Promise<boolean> {
  const box = await button.boundingBox();
  return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 640 && box.y + box.height <= 400;
}

describe('keys alone', () => {
  it('rename, retype, leave out, filter and undo in the mapping', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run('CREATE TABLE notes (id integer PRIMARY KEY, body text, junk text); INSERT INTO notes VALUES (1)');
    await connect(page, source, target);
    await inspectAndMap(page);
    await tabTo(page, 'Canvas');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'Mapping');
    const { keyboard } = page;
    const press = async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
    };
    await press('Home', 'ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter', 'ControlOrMeta+A');
    await keyboard.type('text');
    await press('Enter', 'ArrowRight', 'Enter', 'ControlOrMeta+A');
    await keyboard.type('VARCHAR(100)');
    await press('Enter', 'ArrowDown', 'Space');
    await expect
      .poll(() => columnsSaved(stage.app.home))
      .toEqual([
        ['id', 'id', false],
        ['body', 'text', false],
        ['junk', 'junk', true],
      ]);
    await press('ControlOrMeta+Z');
    await expect.poll(() => columnsSaved(stage.app.home).at(-1)).toEqual(['junk', 'junk', false]);
    await press('Home');
    await tabTo(page, 'Filter of notes');
    await keyboard.type('id < 5');
    await page.getByText('1 of 1 rows').waitFor();
    expect(stage.complaints).toEqual([]);
  });
});

// The desktop's line is a port within one program.
describe.skipIf(inDesktop)('a line that breaks', () => {
  it('says so, comes back, and the run went on', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(
      "CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things SELECT i, repeat('x', 900) FROM generate_series(1, 20000) i",
    );
    // The page's sockets can be cut from here on.
    const lines: { close(): Promise<void> }[] = [];
    let refuse = false;
    await page.routeWebSocket(/\/wire$/, (socket) => {
      if (refuse) return void socket.close();
      socket.connectToServer();
      lines.push(socket);
    });
    await page.reload();
    await connect(page, source, target);
    await inspectAndMap(page);
    await startRun(page, 'data.db');
    await page.getByRole('progressbar').first().waitFor({ timeout: PATIENCE_MS });
    refuse = true;
    for (const line of lines.splice(0)) await line.close();
    await page.getByText('The engine does not answer').waitFor();
    refuse = false;
    await page.getByText('The engine does not answer').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(await endOfRun(page)).toBe('published');
    expect(await target.ask('SELECT count(*) FROM things')).toEqual([['20000']]);
  });

  it('finds the run again when the page is loaded anew', async () => {
    await using stage = await setStage();
    const { page } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('sqlite');
    await source.run(
      "CREATE TABLE things (id integer PRIMARY KEY, name text); INSERT INTO things SELECT i, repeat('x', 900) FROM generate_series(1, 20000) i",
    );
    page.on('dialog', (dialog) => void dialog.accept());
    await connect(page, source, target);
    await inspectAndMap(page);
    await startRun(page, 'data.db');
    await pauseBeforeLoading(page);
    await page.reload();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    expect(await endOfRun(page)).toBe('published');
  });
});

describe('a password', () => {
  it('is nowhere but in the memory of the host', async () => {
    await using stage = await setStage();
    const { page, app } = stage;
    const source = await stage.database('postgres');
    const target = await stage.database('mariadb');
    await source.run('CREATE TABLE t (id integer PRIMARY KEY)');
    await connect(page, source, target);
    await inspectAndMap(page);
    await startRun(page, target.name);
    expect(await endOfRun(page)).toBe('published');
    const kept = await page.evaluate(() =>
      JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, location.href]),
    );
    expect(kept).not.toContain(PASSWORD);
    expect(filesBelow(app.home).filter((file) => readFileSync(file).includes(PASSWORD))).toEqual([]);
    expect(app.said()).not.toContain(PASSWORD);
    expect(readFileSync(`/proc/${app.process.pid}/cmdline`, 'utf8')).not.toContain(PASSWORD);
  });
});

/** Walks with Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
    });
    if (focused === name) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Source, target and skip of each column of the first table, as the project file has them. */
function columnsSaved(home: string): [string, string, boolean][] {
  const [file] = filesBelow(`${home}/projects`);
  if (!file) return [];
  const { tables } = JSON.parse(readFileSync(file, 'utf8'));
  return tables[0].columns.map((column: { source: string; target: string; skip?: boolean }) => [
    column.source,
    column.target,
    column.skip ?? false,
  ]);
}
