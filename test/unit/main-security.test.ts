// What closes the desktop's page off: window options, permissions, navigation, the scheme, the sender check, the preload.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openDoor } from '../../src/main/door.ts';
import { registerScheme, serveScreens } from '../../src/main/scheme.ts';
import { closeOff, closeOffContents } from '../../src/main/session.ts';
import { openWindow } from '../../src/main/window.ts';
import { exposeShell } from '../../src/preload/expose.ts';
import type { DesktopShell } from '../../src/shared/shell.ts';
import { event, FakeContents, FakeWindow, fakeElectron, ourFrame } from '../support/electron-double.ts';

test('the window shows our scheme, in a sandbox without Node', async () => {
  const electron = fakeElectron();
  await openWindow(electron.parts, '/app/preload.cjs');
  const [window] = FakeWindow.opened;
  expect(window!.url).toBe('app://drover/');
  expect(window!.options.webPreferences).toEqual({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    devTools: false,
  });
});

describe('the session', () => {
  test.each([
    ['app://drover/', true],
    ['app://drover', true],
    ['app://drover.evil.example/', false],
    ['https://evil.example/', false],
  ])('lets %s copy into the clipboard: %s', (from, granted) => {
    const { parts, session } = fakeElectron();
    closeOff(parts.session.defaultSession);
    const { setPermissionRequestHandler, setPermissionCheckHandler } = session.defaultSession;
    const decide = vi.fn();
    setPermissionRequestHandler.mock.calls[0]![0](null, 'clipboard-sanitized-write', decide, { requestingUrl: from });
    expect(decide).toHaveBeenCalledExactlyOnceWith(granted);
    expect(setPermissionCheckHandler.mock.calls[0]![0](null, 'clipboard-sanitized-write', from)).toBe(granted);
  });

  test('grants no other permission, no device, no screen', () => {
    const { parts, session } = fakeElectron();
    closeOff(parts.session.defaultSession);
    const { defaultSession } = session;
    const decide = vi.fn();
    const [request] = defaultSession.setPermissionRequestHandler.mock.calls[0]!;
    for (const permission of ['media', 'notifications', 'clipboard-read', 'openExternal'])
      request(null, permission, decide, { requestingUrl: 'app://drover/' });
    expect(decide.mock.calls).toEqual([[false], [false], [false], [false]]);
    expect(defaultSession.setPermissionCheckHandler.mock.calls[0]![0](null, 'media', 'app://drover/')).toBe(false);
    expect(defaultSession.setDevicePermissionHandler.mock.calls[0]![0]({ deviceType: 'usb' })).toBe(false);
    const choose = vi.fn();
    defaultSession.setDisplayMediaRequestHandler.mock.calls[0]![0]({}, choose);
    expect(choose).toHaveBeenCalledWith(null);
  });

  test.each([
    ['blob:app://drover/1234', false],
    ['https://evil.example/x.exe', true],
    ['blob:https://evil.example/1', true],
    ['app://drover/index.html', true],
  ])('a download from %s: refused %s', (url, refused) => {
    const { parts, session } = fakeElectron();
    closeOff(parts.session.defaultSession);
    const given = event();
    session.defaultSession.emit('will-download', given, { getURL: () => url });
    expect(given.prevented).toBe(refused);
  });
});

test('a page can go nowhere, open nothing and embed nothing', () => {
  const contents = new FakeContents();
  closeOffContents(contents as unknown as Parameters<typeof closeOffContents>[0]);
  expect(contents.openHandler?.()).toEqual({ action: 'deny' });
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    const given = event();
    contents.emit(name, given, 'https://evil.example/');
    expect(given.prevented, name).toBe(true);
  }
});

describe('the scheme', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drover-scheme-'));
    mkdirSync(join(folder, 'renderer'));
    writeFileSync(join(folder, 'renderer/index.html'), '<title>Drover</title>');
    writeFileSync(join(folder, 'outside.txt'), 'outside');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function fetcher(): (url: string, method?: string) => Promise<Response> {
    const { parts, protocol } = fakeElectron();
    serveScreens(parts.protocol, join(folder, 'renderer'));
    const [scheme, handle] = protocol.handle.mock.calls[0]!;
    expect(scheme).toBe('app');
    return (url, method = 'GET') => handle({ url, method });
  }

  test('is an origin of its own', () => {
    const { parts, protocol } = fakeElectron();
    registerScheme(parts.protocol);
    expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('serves the screens with the headers that bound them', async () => {
    const response = await fetcher()('app://drover/');
    expect(await response.text()).toContain('Drover');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const csp = response.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("connect-src 'self';");
    expect(csp).not.toMatch(/script-src[^;]*unsafe/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    'app://drover/../outside.txt',
    'app://drover/%2e%2e/outside.txt',
    'app://drover/..%2foutside.txt',
    'app://drover/..%5coutside.txt',
    'app://other/index.html',
    'app://drover//outside.txt',
  ])('finds nothing at %s', async (url) => {
    const response = await fetcher()(url);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('answers GET alone', async () => {
    expect((await fetcher()('app://drover/', 'POST')).status).toBe(404);
  });
});

describe('the door', () => {
  const strangers = [
    null,
    { url: 'https://evil.example/', parent: null },
    { url: 'app://drover.evil.example/', parent: null },
    { url: 'file:///index.html', parent: null },
    { url: 'app://drover/', parent: ourFrame },
  ];

  test.each(strangers)('is shut to %j', (senderFrame) => {
    const { parts, answers, ipcMain } = fakeElectron();
    const door = openDoor(parts.ipcMain);
    const answer = vi.fn(async () => 'secret');
    const act = vi.fn();
    door.handle('ask', z.tuple([]), answer);
    door.listen('tell', act);
    expect(() => answers.get('ask')!({ senderFrame })).toThrow('may not ask');
    ipcMain.emit('tell', { senderFrame });
    expect(answer).not.toHaveBeenCalled();
    expect(act).not.toHaveBeenCalled();
  });

  test('is open to our page, whose words must be as they should', async () => {
    const { parts, answers } = fakeElectron();
    openDoor(parts.ipcMain).handle('ask', z.tuple([z.string()]), async (word) => `heard ${word}`);
    expect(await answers.get('ask')!({ senderFrame: ourFrame }, 'a')).toBe('heard a');
    expect(() => answers.get('ask')!({ senderFrame: ourFrame }, { evil: 1 })).toThrow();
    expect(() => answers.get('ask')!({ senderFrame: ourFrame }, 'a', 'b')).toThrow();
  });
});

describe('the preload script', () => {
  function exposed() {
    const offered = new Map<string, unknown>();
    const heard = new Map<string, (...words: unknown[]) => void>();
    const ipcRenderer = {
      on: vi.fn((channel: string, listener: (...words: unknown[]) => void) => void heard.set(channel, listener)),
      send: vi.fn(),
      invoke: vi.fn(async () => null),
    };
    const page = { postMessage: vi.fn() };
    exposeShell(
      {
        contextBridge: { exposeInMainWorld: (name: string, value: unknown) => void offered.set(name, value) },
        ipcRenderer,
      } as unknown as Parameters<typeof exposeShell>[0],
      page as unknown as Parameters<typeof exposeShell>[1],
      'linux',
    );
    return { offered, heard, ipcRenderer, page, shell: offered.get('drover') as DesktopShell };
  }

  test('offers the desktop and nothing of Electron', () => {
    const { offered, shell } = exposed();
    expect([...offered.keys()]).toEqual(['drover']);
    expect(Object.keys(shell).sort()).toEqual(
      ['onCommand', 'pickFile', 'pickSave', 'platform', 'printPdf', 'requestPort'].sort(),
    );
  });

  test('hands a port to the page, for its own origin only', () => {
    const { heard, page, shell, ipcRenderer } = exposed();
    shell.requestPort();
    expect(ipcRenderer.send).toHaveBeenCalledWith('drover:request-port');
    const port = { a: 'port' };
    heard.get('drover:port')!({ ports: [port] });
    expect(page.postMessage).toHaveBeenCalledWith('drover:port', '/', [port]);
  });

  test('keeps commands until the page listens', () => {
    const { heard, shell } = exposed();
    heard.get('drover:command')!({}, { kind: 'settings' });
    const listener = vi.fn();
    shell.onCommand(listener);
    heard.get('drover:command')!({}, { kind: 'history' });
    expect(listener.mock.calls).toEqual([[{ kind: 'settings' }], [{ kind: 'history' }]]);
  });
});
