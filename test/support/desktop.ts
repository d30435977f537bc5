// The app as a person has it in the desktop's window, where Electron's binary and a display are there.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { _electron as electron, type Page } from 'playwright-core';
import type { App } from './app.ts';

export interface Desktop extends App {
  readonly page: Page;
}

/** `scratch` is the folder to work in. The build must be there. */
export async function startDesktop(scratch: string): Promise<Desktop> {
  const folder = mkdtempSync(join(scratch, 'desktop-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const { PATH = '', DISPLAY = '', WAYLAND_DISPLAY = '', XDG_RUNTIME_DIR = '' } = process.env;
  const app = await electron.launch({
    // The package gives the path of its binary, and throws where that was not fetched.
    executablePath: createRequire(import.meta.url)('electron') as string,
    args: [resolve('.'), `--user-data-dir=${join(folder, 'chromium')}`],
    cwd: folder,
    colorScheme: 'light',
    env: { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, HOME: folder, DROVER_HOME: home },
  });
  let said = '';
  const child = app.process();
  const listen = (text: Buffer) => {
    said += text.toString('utf8');
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const page = await app.firstWindow();
  return {
    page,
    url: page.url(),
    home,
    folder,
    process: child,
    said: () => said,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
