// The desktop shell from start to end: one instance, ports, files that are opened, dialogs, menu, power, closing.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '../../src/main/menu.ts';
import { projectIn } from '../../src/main/project-argument.ts';
import { startShell } from '../../src/main/shell.ts';
import type { ShellCommand } from '../../src/shared/shell.ts';
import { event, FakeNotification, FakeWindow, fakeElectron, ourFrame } from '../support/electron-double.ts';

/** A busy machine takes its time. */
const PATIENCE = { timeout: 10_000 };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover-shell-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function start({ argv = ['drover'] }: { argv?: string[] } = {}) {
  const electron = fakeElectron();
  await startShell(electron.parts, {
    home,
    preload: '/app/preload/index.cjs',
    rendererFolder: '/app/renderer',
    engineEntry: '/app/main/engine.js',
    argv,
    cwd: '/work',
    environment: { PATH: '/bin', DROVER_SOURCE_PASSWORD: 'canary', NODE_OPTIONS: '--inspect' },
    platform: 'linux',
  });
  const window = FakeWindow.opened[0]!;
  const requestPort = () =>
    electron.ipcMain.emit('drover:request-port', { senderFrame: ourFrame, sender: window.webContents });
  return { ...electron, window, requestPort };
}

const run = { run: 'r1', project: 'shop' };

test('a second instance leaves at once', async () => {
  const electron = fakeElectron();
  electron.app.requestSingleInstanceLock.mockReturnValue(false);
  await startShell(electron.parts, {
    home,
    preload: '',
    rendererFolder: '',
    engineEntry: '',
    argv: [],
    cwd: '/',
    environment: {},
    platform: 'linux',
  });
  expect(electron.app.quit).toHaveBeenCalled();
  expect(FakeWindow.opened).toEqual([]);
});

test('the scheme is registered before Electron is ready, and the session closed off before there is a window', async () => {
  const electron = fakeElectron();
  const order: string[] = [];
  electron.protocol.registerSchemesAsPrivileged.mockImplementation(() => order.push('scheme'));
  electron.app.whenReady.mockImplementation(async () => void order.push('ready'));
  electron.session.defaultSession.setPermissionRequestHandler.mockImplementation(() => order.push('session'));
  electron.protocol.handle.mockImplementation(() => order.push(`window ${FakeWindow.opened.length}`));
  await startShell(electron.parts, {
    home,
    preload: '',
    rendererFolder: '',
    engineEntry: '',
    argv: [],
    cwd: '/',
    environment: {},
    platform: 'linux',
  });
  expect(order).toEqual(['scheme', 'ready', 'session', 'window 0']);
});

test('every page there will ever be is closed off', async () => {
  const { app, window } = await start();
  app.emit('web-contents-created', {}, window.webContents);
  expect(window.webContents.openHandler?.()).toEqual({ action: 'deny' });
});

describe('the line to the engine', () => {
  test('is a channel whose ends go to the engine and to the page', async () => {
    const { requestPort, children, utilityProcess, window } = await start();
    expect(children).toHaveLength(0);
    requestPort();
    expect(utilityProcess.fork.mock.calls[0]![0]).toBe('/app/main/engine.js');
    expect(children[0]!.told).toEqual([{ message: { kind: 'screen' }, ports: [{ name: 'for the engine' }] }]);
    expect(window.webContents.posted).toEqual([{ channel: 'drover:port', ports: [{ name: 'for the page' }] }]);
  });

  test('gives the engine neither arguments nor secrets of the environment', async () => {
    const { requestPort, utilityProcess } = await start();
    requestPort();
    const [, words, options] = utilityProcess.fork.mock.calls[0]!;
    expect(words).toEqual([]);
    expect(options.env).toEqual({ PATH: '/bin' });
  });

  test('is another one to the same engine when asked again, and to a new engine when that has died', async () => {
    const { requestPort, children, powerSaveBlocker } = await start();
    requestPort();
    requestPort();
    expect(children).toHaveLength(1);
    children[0]!.emit('message', { kind: 'active', runs: [run] });
    children[0]!.emit('exit', 1);
    expect(powerSaveBlocker.stop).toHaveBeenCalledWith(7);
    requestPort();
    expect(children).toHaveLength(2);
  });

  test('is refused to a stranger', async () => {
    const { ipcMain, children, window } = await start();
    ipcMain.emit('drover:request-port', {
      senderFrame: { url: 'https://evil.example/', parent: null },
      sender: window.webContents,
    });
    expect(children).toHaveLength(0);
  });
});

describe('project files', () => {
  const sent = (window: FakeWindow) => window.webContents.sent.map(([, command]) => command);

  test('named at the start wait for the page', async () => {
    const { window, requestPort, app } = await start({ argv: ['drover', '--flag', 'shop.drover.json'] });
    expect(sent(window)).toEqual([]);
    requestPort();
    expect(sent(window)).toEqual([{ kind: 'open project', path: '/work/shop.drover.json' }]);
    expect(app.addRecentDocument).toHaveBeenCalledWith('/work/shop.drover.json');
  });

  test('come from the system, and from a second instance whose folder counts', async () => {
    const { app, window, requestPort } = await start();
    requestPort();
    const given = event();
    app.emit('open-file', given, '/home/a.drover.json');
    app.emit('second-instance', {}, ['drover', 'b.drover.json'], '/elsewhere');
    expect(given.prevented).toBe(true);
    expect(sent(window)).toEqual([
      { kind: 'open project', path: '/home/a.drover.json' },
      { kind: 'open project', path: '/elsewhere/b.drover.json' },
    ]);
    expect(window.restore).toHaveBeenCalled();
    expect(window.focus).toHaveBeenCalled();
  });

  test.each([
    [['a.drover.json'], '/w/a.drover.json'],
    [['/x/B.DROVER.JSON'], '/x/B.DROVER.JSON'],
    [['a.json', '--out=b.drover.json'], null],
    [['.', '--inspect'], null],
    [[], null],
  ])('are found in %j', (words, path) => {
    expect(projectIn(words, '/w')).toBe(path);
  });
});

describe('dialogs', () => {
  const kind = { name: 'SQLite database', extensions: ['db', 'sqlite'] };
  const asked = { senderFrame: ourFrame };

  test('for a file give its path, or nothing', async () => {
    const { answers, dialog } = await start();
    expect(await answers.get('drover:pick-file')!(asked, kind)).toBe('/chosen/a.db');
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    expect(await answers.get('drover:pick-file')!(asked, kind)).toBeNull();
  });

  test('to save propose a name, never a folder of the page’s choosing', async () => {
    const { answers, dialog } = await start();
    await answers.get('drover:pick-save')!(asked, kind, '../../etc/cron.d/evil');
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      FakeWindow.opened[0],
      expect.objectContaining({ defaultPath: 'evil', filters: [kind] }),
    );
  });

  test('for a PDF write what the page shows where the person said', async () => {
    const { answers, dialog, window } = await start();
    const filePath = join(home, 'report.pdf');
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath });
    expect(await answers.get('drover:print-pdf')!(asked, 'report.pdf')).toBe(true);
    expect(readFileSync(filePath, 'utf8')).toBe('%PDF');
    dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(await answers.get('drover:print-pdf')!(asked, 'report.pdf')).toBe(false);
    expect(window.webContents.printToPDF).toHaveBeenCalledTimes(1);
  });
});

describe('while a run is under way', () => {
  async function running() {
    const started = await start();
    started.requestPort();
    const child = started.children[0]!;
    child.emit('message', { kind: 'active', runs: [run] });
    return { ...started, child };
  }

  test('the machine stays awake, once, and may sleep afterwards', async () => {
    const { child, powerSaveBlocker } = await running();
    child.emit('message', { kind: 'active', runs: [run, { run: 'r2', project: 'b' }] });
    expect(powerSaveBlocker.start.mock.calls).toEqual([['prevent-app-suspension']]);
    child.emit('message', { kind: 'active', runs: [] });
    expect(powerSaveBlocker.stop.mock.calls).toEqual([[7]]);
  });

  test('closing the window asks, and the run goes on when the person stays', async () => {
    const { window, dialog, child, app } = await running();
    const given = event();
    window.emit('close', given);
    await vi.waitFor(() => expect(dialog.showMessageBox).toHaveBeenCalled(), PATIENCE);
    expect(given.prevented).toBe(true);
    const [, options] = dialog.showMessageBox.mock.calls[0] as unknown as [unknown, Record<string, unknown>];
    expect(options).toMatchObject({
      defaultId: 0,
      cancelId: 0,
      buttons: ['Keep running', 'Leave, resume later', 'Cancel and roll back'],
    });
    expect(options.message).toContain('shop');
    expect(child.told.some(({ message }) => (message as { kind: string }).kind === 'stop')).toBe(false);
    expect(app.quit).not.toHaveBeenCalled();
  });

  test.each([
    [1, 'leave'],
    [2, 'cancel'],
  ])('a person who answers %s waits for the end (%s), then Drover leaves', async (response, how) => {
    const { window, dialog, child, app } = await running();
    dialog.showMessageBox.mockResolvedValue({ response });
    window.emit('close', event());
    await vi.waitFor(() => expect(child.told.at(-1)?.message).toEqual({ kind: 'stop', how }), PATIENCE);
    expect(app.quit).not.toHaveBeenCalled();
    child.emit('message', { kind: 'stopped' });
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalled(), PATIENCE);
    const last = event();
    window.emit('close', last);
    expect(last.prevented).toBe(false);
  });

  test('its end is told to a person who looks elsewhere, and to nobody else', async () => {
    const { child, window } = await running();
    child.emit('message', { kind: 'ended', ended: { ...run, state: 'published' } });
    expect(FakeNotification.shown).toEqual([]);
    window.focused = false;
    child.emit('message', { kind: 'ended', ended: { ...run, state: 'rolled back' } });
    expect(FakeNotification.shown).toEqual([
      { title: 'shop', body: 'The migration was rolled back; the target is as it was.' },
    ]);
  });
});

test('without a run the window closes unasked, and the engine ends with the app', async () => {
  const { window, dialog, app, children, requestPort } = await start();
  requestPort();
  const given = event();
  window.emit('close', given);
  expect(given.prevented).toBe(false);
  expect(dialog.showMessageBox).not.toHaveBeenCalled();
  app.emit('window-all-closed');
  expect(app.quit).toHaveBeenCalled();
  app.emit('will-quit');
  expect(children[0]!.kill).toHaveBeenCalled();
});

describe('the menu', () => {
  type Item = ReturnType<typeof menuTemplate>[number];
  const all = (items: readonly Item[]): Item[] =>
    items.flatMap((each) => [each, ...(Array.isArray(each.submenu) ? all(each.submenu) : [])]);

  test.each(['linux', 'darwin', 'win32'] as const)('on %s tells every command to the page', (platform) => {
    const told: ShellCommand[] = [];
    const items = all(menuTemplate(platform, true, (command) => told.push(command)));
    for (const { click } of items) (click as (() => void) | undefined)?.();
    expect(told.map(({ kind }) => kind).sort()).toEqual(
      ['history', 'new migration', 'open project', 'redo', 'settings', 'undo'].sort(),
    );
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
  });

  test('has developer tools only where it is not packaged', () => {
    const roles = (packaged: boolean) => all(menuTemplate('linux', packaged, () => undefined)).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  test('leaves the keys of undo to a text field that has the focus', () => {
    const items = all(menuTemplate('linux', true, () => undefined));
    expect(items.filter(({ label }) => label === 'Undo' || label === 'Redo')).toMatchObject([
      { registerAccelerator: false },
      { registerAccelerator: false },
    ]);
  });
});
