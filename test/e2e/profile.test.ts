// Profiles in Inspect: asked on demand, marks by name and by value, steps that hide, a thousand columns, and nothing serious for axe.

import { afterAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { slice } from '../support/slice.ts';
import { connect, PATIENCE_MS, seriousOn } from './hand.ts';
import { closeBrowser, type Stage, setStage } from './stage.ts';

afterAll(closeBrowser);

describe.each(slice(['mariadb', 'postgres'] as const, 1))('the profile of a table of %s', (server) => {
  it('tells what the values look like, column by column', async () => {
    await using stage = await setStage();
    const { page } = stage;
    await inspect(stage, server, PEOPLE);
    await page.getByRole('grid', { name: 'Tables of the source' }).getByText('people').click();

    // By name, before any value is read.
    const marks = page.getByRole('grid', { name: 'Columns of people' });
    await marks.getByText('e-mail address').waitFor();
    expect(await marks.getByTitle('e-mail address, by name').count()).toBe(1);

    await page.getByRole('tab', { name: 'Profile' }).click();
    const list = page.getByRole('grid', { name: 'Profiles of people' });
    await page.getByRole('region', { name: 'Profile of id' }).getByText('400 values, no two alike').waitFor();
    expect(await page.getByText('1 of 6 profiled').count()).toBe(1);

    await list.getByText('contact', { exact: true }).click();
    const contact = page.getByRole('region', { name: 'Profile of contact' });
    await contact.getByText('by value: all look like e-mail addresses').waitFor();
    const masks = contact.getByRole('list', { name: 'Steps that hide it' });
    // It is unique and must stay so.
    expect(await masks.getByText('[{"do":"mask","kind":"email","salt":"masking"}]').count()).toBe(1);

    await list.focus();
    await page.keyboard.press('ArrowDown');
    const grade = page.getByRole('region', { name: 'Profile of grade' });
    await grade.getByText('80 texts begin or end with blanks.').waitFor();
    expect(await grade.getByRole('list').filter({ hasText: 'A-12' }).count()).toBeGreaterThan(0);
    await page.keyboard.press('ArrowDown');
    const score = page.getByRole('region', { name: 'Profile of score' });
    await score.getByRole('img', { name: /0 to below/ }).waitFor();

    await page.getByRole('button', { name: 'Profile all columns' }).click();
    await page.getByText('6 of 6 profiled').waitFor({ timeout: PATIENCE_MS });
    await list.getByText('born').click();
    const born = page.getByRole('region', { name: 'Profile of born' });
    await born.getByText('Keep the year only').waitFor();
    await born.getByText('25 %, 100 rows').waitFor();
    expect(await seriousOn(page, 'profile')).toEqual([]);

    // The columns know by now what the values say.
    await page.getByRole('tab', { name: /^Columns/ }).click();
    await marks.getByTitle('e-mail address, by value: all look like e-mail addresses').waitFor();
    expect(await seriousOn(page, 'columns, profiled')).toEqual([]);
    expect(stage.complaints).toEqual([]);
  });
});

it('walks a thousand columns of SQLite and stops in the middle of all of them', async () => {
  await using stage = await setStage();
  const { page } = stage;
  const columns = Array.from({ length: 1000 }, (_, i) => `c${i} integer`).join(', ');
  await inspect(
    stage,
    'sqlite',
    `CREATE TABLE wide (${columns}); INSERT INTO wide (c0, c999) VALUES (1, 2), (3, NULL);`,
  );
  await page.getByRole('grid', { name: 'Tables of the source' }).getByText('wide').click();
  await page.getByRole('tab', { name: 'Profile' }).click();
  await page.getByText('1 of 1,000 profiled').waitFor();
  const list = page.getByRole('grid', { name: 'Profiles of wide' });
  expect(await list.getByRole('row').count()).toBeLessThan(60);
  await list.focus();
  await page.keyboard.press('End');
  await page.getByRole('region', { name: 'Profile of c999' }).getByText('50 %, 1 row').waitFor();
  // Those that were only passed were not asked about.
  await page.getByText('2 of 1,000 profiled').waitFor();
  await page.getByRole('button', { name: 'Profile all columns' }).click();
  await page.getByText(/^(?:[3-9]|\d{2,3}) of 1,000 profiled/).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Profile all columns' }).waitFor();
  expect(stage.complaints).toEqual([]);
});

const PEOPLE = `
  CREATE TABLE people (id bigint PRIMARY KEY, email varchar(60), contact varchar(60), grade varchar(20), score decimal(10,2), born date);
  INSERT INTO people VALUES ${Array.from({ length: 400 }, (_, i) => {
    const grade = ["'A'", "'b'", "' padded '", "''", "'A-12'"][i % 5];
    const born = i % 4 === 0 ? 'NULL' : `'${1950 + ((i * i) % 53)}-${String((i % 12) + 1).padStart(2, '0')}-11'`;
    return `(${i + 1}, NULL, 'user${i}@example.com', ${grade}, ${((i * 7919) % 1000) / 4}, ${born})`;
  }).join(', ')};
`;

async function inspect(stage: Stage, server: TestDatabase['server'], script: string): Promise<void> {
  const [source, target] = [await stage.database(server), await stage.database('sqlite')];
  await source.run(script);
  await connect(stage.page, source, target);
  await stage.page.getByRole('button', { name: 'Inspect', exact: true }).last().click();
  await stage.page.getByRole('grid', { name: 'Tables of the source' }).waitFor({ timeout: PATIENCE_MS });
}
