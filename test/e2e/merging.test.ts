// Upsert through the screens: chosen above the mapping, run, and its counts read in the report.

import { afterAll, expect, it } from 'vitest';
import { connect, endOfRun, goTo, inspectAndMap, openReport, startRun } from './hand.ts';
import { closeBrowser, setStage } from './stage.ts';

afterAll(closeBrowser);

it('rows go into a table that stands in the target', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const source = await stage.database('sqlite');
  const target = await stage.database('postgres');
  await source.run(
    "CREATE TABLE people (id integer PRIMARY KEY, name text); INSERT INTO people VALUES (1, 'new'), (2, 'two')",
  );
  await target.run("CREATE TABLE people (id bigint PRIMARY KEY, name text); INSERT INTO people VALUES (1, 'old')");
  await connect(page, source, target);
  await inspectAndMap(page);
  await page.getByRole('button', { name: 'Mode: create' }).click();
  await page.getByRole('combobox', { name: 'Tables that exist in the target' }).click();
  await page.getByRole('option', { name: /^Upsert/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Mode: upsert' }).waitFor();
  await goTo(page, 'plan');
  await page.getByText(/1 row has a key that stands there already and is updated/).waitFor();
  await startRun(page, target.name);
  expect(await endOfRun(page)).toBe('published');
  await openReport(page);
  expect(await target.ask('SELECT id, name FROM people ORDER BY id')).toEqual([
    ['1', 'new'],
    ['2', 'two'],
  ]);
});
