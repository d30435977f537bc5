// Which window `drover app` opens, on which machine, and why.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasDisplay } from '../../src/cli/open-browser.ts';
import { chromiumBinary } from '../../src/cli/programs.ts';
import { chooseWindow, type Machine } from '../../src/cli/window-choice.ts';

const machine: Machine = { electron: '/e', chromium: '/c', display: true, root: false };

test.each([
  ['a machine with everything', {}, { kind: 'desktop', binary: '/e' }],
  ['no binary of Electron', { electron: null }, { kind: 'app window', binary: '/c' }],
  ['neither Electron nor Chromium', { electron: null, chromium: null }, { kind: 'browser' }],
  ['no display', { display: false }, { kind: 'address' }],
  ['root, whom no sandbox serves', { root: true }, { kind: 'address' }],
])('%s', (_words, differs, choice) => {
  expect(chooseWindow({ ...machine, ...differs })).toMatchObject(choice);
});

test('whoever gets no desktop window is told why and how to get it', () => {
  const why = (differs: Partial<Machine>) => {
    const choice = chooseWindow({ ...machine, ...differs });
    return choice.kind === 'desktop' ? '' : choice.why;
  };
  expect(why({ electron: null })).toContain('node node_modules/electron/install.js');
  expect(why({ display: false })).toContain('no display');
  expect(why({ root: true })).toContain('sandbox');
});

test('a display is X or Wayland on Linux, and taken for granted elsewhere', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
  expect(hasDisplay({ CI: 'true', DISPLAY: ':0' }, 'linux')).toBe(false);
});

test('a browser is found on the PATH', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-path-'));
  expect(chromiumBinary({ PATH: folder }, 'linux')).toBeNull();
  writeFileSync(join(folder, 'google-chrome'), '');
  chmodSync(join(folder, 'google-chrome'), 0o755);
  expect(chromiumBinary({ PATH: `/nowhere:${folder}` }, 'linux')).toBe(join(folder, 'google-chrome'));
  rmSync(folder, { recursive: true });
});
