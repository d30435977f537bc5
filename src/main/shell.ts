// The desktop shell put together: one instance, one window, one engine process; everything else is wiring.

import type { BrowserWindow } from 'electron';
import type { ShellCommand } from '../shared/shell.ts';
import { shellChannels } from '../shared/shell-channels.ts';
import { mayClose } from './closing.ts';
import { answerDialogs } from './dialogs.ts';
import { openDoor } from './door.ts';
import type { ElectronParts } from './electron.ts';
import { engineProcess } from './engine-process.ts';
import { openKeychain } from './keychain.ts';
import { menuTemplate } from './menu.ts';
import { notifyEnd } from './notify.ts';
import { stayAwake } from './power.ts';
import { projectIn } from './project-argument.ts';
import { registerScheme, serveScreens } from './scheme.ts';
import { closeOff, closeOffContents } from './session.ts';
import { openWindow } from './window.ts';

export interface ShellPlaces {
  /** The data folder (DROVER_HOME). */
  readonly home: string;
  readonly preload: string;
  readonly rendererFolder: string;
  readonly engineEntry: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** Resolves when the window is open; at once where another instance has taken over. */
export async function startShell(electron: ElectronParts, places: ShellPlaces): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerScheme(electron.protocol);
  app.on('web-contents-created', (_event, contents) => closeOffContents(contents));

  // Commands wait until there is a page that has asked for its line.
  const waiting: ShellCommand[] = [];
  let window: BrowserWindow | null = null;
  let pageIsThere = false;
  const command = (given: ShellCommand) => {
    if (pageIsThere) window?.webContents.send(shellChannels.command, given);
    else waiting.push(given);
  };
  const openProject = (path: string) => {
    app.addRecentDocument(path);
    command({ kind: 'open project', path });
  };

  const first = projectIn(places.argv.slice(1), places.cwd);
  if (first) openProject(first);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openProject(path);
  });
  app.on('second-instance', (_event, argv, cwd) => {
    const path = projectIn(argv.slice(1), cwd);
    if (path) openProject(path);
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });

  await app.whenReady();
  closeOff(electron.session.defaultSession);
  serveScreens(electron.protocol, places.rendererFolder);

  const awake = stayAwake(electron.powerSaveBlocker);
  const engine = engineProcess(electron, {
    entry: places.engineEntry,
    environment: places.environment,
    keychain: openKeychain(electron.safeStorage, places.home, places.platform),
    onActive: (runs) => awake(runs.length > 0),
    onEnded: (ended) => notifyEnd(electron.Notification, ended, window),
  });

  const door = openDoor(electron.ipcMain);
  door.listen(shellChannels.requestPort, ({ sender }) => {
    sender.postMessage(shellChannels.port, null, [engine.connect()]);
    pageIsThere = true;
    for (const each of waiting.splice(0)) command(each);
  });
  answerDialogs(door, electron, () => window);
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(menuTemplate(places.platform, app.isPackaged, command)),
  );

  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => engine.end());
  window = await openWindow(electron, places.preload);
  mayClose(window, electron, engine);
}
