// The ways to a database on the screen Connect: an SSH host that is met for the first time, TLS, connections that are kept.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { type SshServer, startSshServer } from '../support/ssh-server.ts';
import { PATIENCE_MS } from './hand.ts';
import { closeBrowser, setStage } from './stage.ts';

afterAll(closeBrowser);

it('a host key is compared, taken and kept with the connection, and a password stays when the line changes', async () => {
  await using stage = await setStage();
  const { page, app } = stage;
  const database = await stage.database('postgres');
  const { hostname, port, pathname } = new URL(database.url);
  const gate = await startSshServer({ 'db.internal:5432': { host: hostname, port: Number(port) } });
  try {
    await page.getByRole('button', { name: 'New migration' }).click();
    await page.getByRole('form', { name: 'Source' }).getByLabel('URL').fill(urlThrough(gate, pathname));
    const source = page.getByRole('form', { name: 'Source' });
    await source.getByLabel('SSH user').waitFor();
    const password = source.getByLabel('Password', { exact: true });
    await password.fill(database.password ?? '');
    await password.press('Tab');
    await source.getByText('Kept until Drover is closed').waitFor();
    await source.getByRole('button', { name: 'Test the source' }).click();
    const take = source.getByRole('button', { name: 'I have compared it: take this key' });
    await take.waitFor({ timeout: PATIENCE_MS });
    expect(await isInSight(page, 'I have compared it: take this key')).toBe(true);
    await take.click();
    await source.getByText('Privileges').waitFor({ timeout: PATIENCE_MS });

    await source.getByRole('combobox', { name: 'TLS' }).click();
    await page.getByRole('option', { name: 'Never' }).click();
    await expect.poll(() => source.getByLabel('URL').inputValue()).toContain('sslmode=disable');
    await source.getByRole('button', { name: 'Test the source' }).click();
    await source.getByText('Not encrypted').waitFor({ timeout: PATIENCE_MS });

    await source.getByRole('button', { name: 'Save the connection of the source' }).click();
    await page.getByLabel('Name of the connection').fill('Through the gate');
    await page.keyboard.press('Enter');
    const saved = (): string => readFileSync(join(app.home, 'connections.json'), 'utf8');
    await expect.poll(saved).toContain('Through the gate');
    expect(saved()).toContain('ssh-host-key=SHA256');
    await source.getByRole('button', { name: 'Rename or remove the connection Through the gate' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(saved).not.toContain('Through the gate');
    expect(stage.complaints).toEqual([]);
  } finally {
    await gate.close();
  }
});

function urlThrough({ user, port, key }: SshServer, pathname: string): string {
  return `postgres://postgres@db.internal:5432${pathname}?ssh=${user}@127.0.0.1:${port}&ssh-key=${encodeURIComponent(key)}`;
}

async function isInSight(page: Page, name: string): Promise<boolean> {
  const box = await page.getByRole('button', { name }).boundingBox();
  const height = await page.evaluate(() => window.innerHeight);
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}
