// What a person does on the screens before there is something to measure.

import type { Page } from 'playwright-core';

export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await page.locator('section[aria-label="Map"] [role="option"]').first().waitFor();
}

/** From Home to a mapping of two SQLite files. */
export async function mapFiles(page: Page, source: string, target: string): Promise<void> {
  await page.getByRole('button', { name: 'New migration' }).click();
  for (const [name, file] of [
    ['Source', source],
    ['Target', target],
  ] as const) {
    const side = page.getByRole('form', { name });
    await side.getByLabel('URL').fill(`sqlite:${file}`);
    await side.getByRole('button', { name: `Test the ${name.toLowerCase()}` }).click();
    await side.getByText('Privileges').waitFor();
  }
  await page.getByRole('button', { name: 'Inspect', exact: true }).last().click();
  await page.locator('section[aria-label="Inspect"] [data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Map', exact: true }).last().click();
  await page.locator('section[aria-label="Map"] [role="option"]').first().waitFor();
}

export async function makePlan(page: Page): Promise<void> {
  await page.locator('button[data-stage="plan"]').click();
  await planMade(page);
}

export async function planMade(page: Page): Promise<void> {
  await page.locator('button[data-stage="plan"] [data-mark]:not([data-mark="busy"])').waitFor();
}

/** Through the wizard, up to the button that begins; `name` is that of the target. */
export async function prepareRun(page: Page, name: string): Promise<void> {
  await page.locator('button[data-stage="run"]').click();
  // The end of the run before is shown as long as the engine has its events.
  const another = page.getByRole('button', { name: 'Prepare another run' });
  await another.or(page.getByRole('button', { name: 'Next: Checks' })).waitFor();
  if (await another.isVisible()) await another.click();
  for (const next of ['Checks', 'Safety', 'Start']) {
    await page.getByRole('button', { name: `Next: ${next}` }).click();
  }
  await page.getByLabel(`Type ${name}, the name of the target, to go on`).fill(name);
  await page.locator('button[aria-disabled="false"]', { hasText: 'Start migration' }).waitFor();
}

export async function beginRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start migration' }).click();
  await page.locator('[role="status"][data-state="running"]').waitFor();
}

/** Gives the state that the screen tells. */
export async function endOfRun(page: Page): Promise<string | null> {
  const state = page.locator('[role="status"][data-state]:not([data-state="running"])').first();
  await state.waitFor();
  return state.getAttribute('data-state');
}
