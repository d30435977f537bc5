// What a person does on the screens, step by step, by the names that stand there.

import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Address } from '../support/client.ts';
import { chosen } from '../support/slice.ts';

/** A run of a small database is over well within this. */
export const PATIENCE_MS = 30_000;

export async function goTo(page: Page, stage: string): Promise<void> {
  await page.locator(`button[data-stage="${stage}"]`).click();
  await page.getByRole('heading', { level: 1, name: stage, exact: false }).waitFor();
}

/** From Home to two tested connections. Passwords are typed, as a person would. */
export async function connect(page: Page, source: Address, target: Address): Promise<void> {
  await page.getByRole('button', { name: 'New migration' }).click();
  for (const [name, address] of [
    ['Source', source],
    ['Target', target],
  ] as const) {
    const side = page.getByRole('form', { name });
    await side.getByLabel('URL').fill(address.url);
    if (address.password !== null) {
      const password = side.locator('input[type="password"]');
      await password.fill(address.password);
      await password.press('Tab');
      await side.getByText('Kept until Drover is closed').waitFor();
    }
    await side.getByRole('button', { name: `Test the ${name.toLowerCase()}` }).click();
    await side.getByText('Privileges').waitFor({ timeout: PATIENCE_MS });
  }
}

/** From Connect to a mapping. */
export async function inspectAndMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Inspect', exact: true }).last().click();
  await page
    .getByRole('grid', { name: /tables/i })
    .first()
    .waitFor({ timeout: PATIENCE_MS });
  await page.getByRole('button', { name: 'Map', exact: true }).last().click();
  await page.getByRole('heading', { level: 1, name: 'Map' }).waitFor({ timeout: PATIENCE_MS });
}

export async function replaceWhatStandsThere(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'If the table exists' }).click();
  await page.getByRole('option', { name: /Replace/ }).click();
}

/** Through the wizard to a run under way. `name` is that of the target; `ending` what it does once all is verified. */
export async function startRun(page: Page, name: string, ending = 'Run and publish'): Promise<void> {
  await (await readyToStart(page, name, ending)).click();
}

/** All checks have passed, all is typed: the button that starts. */
export async function readyToStart(page: Page, name: string, ending = 'Run and publish'): Promise<Locator> {
  await goTo(page, 'run');
  await page.getByRole('navigation', { name: 'Steps before the run' }).getByText('Scope').click();
  for (const next of ['Checks', 'Safety', 'Start']) {
    await page.getByRole('button', { name: `Next: ${next}` }).click({ timeout: PATIENCE_MS });
  }
  await page.getByRole('radio', { name: ending }).check();
  await page.getByLabel(`Type ${name}, the name of the target, to go on`).fill(name);
  const start = page.getByRole('button', { name: /^Start (migration|rehearsal)$|^Start, and hold$/ });
  await expect.poll(() => start.getAttribute('aria-disabled'), { timeout: PATIENCE_MS }).toBe('false');
  return start;
}

/** Waits for the end of the run and gives the state that the screen tells. */
export async function endOfRun(page: Page): Promise<string | null> {
  const state = page.locator('[role="status"][data-state]:not([data-state="running"])').first();
  await state.waitFor({ timeout: 3 * PATIENCE_MS });
  return state.getAttribute('data-state');
}

export async function openReport(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Report', exact: true }).last().click();
  await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor();
  const verdict = page.getByRole('heading', { level: 2 }).first();
  await verdict.waitFor({ timeout: PATIENCE_MS });
  return verdict.innerText();
}

/** Pressed at once, the first batch waits, however fast the machine is. */
export async function pauseBeforeLoading(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click({ timeout: PATIENCE_MS });
  await page.locator('[data-step="load"][data-stop="acting"]').waitFor({ timeout: PATIENCE_MS });
  await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
}

/** What axe finds serious in one of the themes; in the other one only colours are others. */
export async function seriousOn(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of chosen(`axe ${where}`, ['dark', 'light'] as const, 1)) {
    await page.emulateMedia({ colorScheme });
    await atRest(page);
    // There are no frames to go through, for which axe would open a second page each time; Electron opens none.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { violations } = await axe.analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    found.push(
      ...serious.map(({ id, nodes }) => `${where}, ${colorScheme}: ${id} ${nodes.map(({ html }) => html).join(' ')}`),
    );
  }
  return found;
}

/** Colours fade from one theme to the other; dialogs come and go. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}
