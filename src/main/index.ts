// The desktop shell: one window, closed off from everything it does not need.

import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1100,
    minHeight: 700,
    title: 'Drover',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  await window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
}

if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => app.quit());
  await app.whenReady();
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  await openWindow();
} else {
  app.quit();
}
