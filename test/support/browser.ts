// A real Chromium for tests of the screens, found where people and distributions put it.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

// The first has no window to draw around a page: it takes half the processor time of the others.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    // Nothing of a test run reaches beyond this machine; root has no sandbox to give.
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--force-color-profile=srgb',
    ],
  });
}

/** CHROMIUM names another one. */
function findBrowser(): string {
  const given = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...(given ? [given] : []),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...PLACES,
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'The tests of the screens need Chromium or Chrome. Install it (on Debian: apt install chromium), or name it in CHROMIUM.',
  );
}
