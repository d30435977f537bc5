// The window: its measures, and a page that has nothing of Node.

import type { BrowserWindow } from 'electron';
import type { ElectronParts } from './electron.ts';
import { HOME_PAGE } from './scheme.ts';

export async function openWindow({ BrowserWindow, app }: ElectronParts, preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1100,
    minHeight: 700,
    title: 'Drover',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(HOME_PAGE);
  return window;
}
