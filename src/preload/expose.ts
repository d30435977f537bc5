// What the page gets of the desktop: DesktopShell as `window.drover`, and lines to the engine as messages with a port.

import type { ContextBridge, IpcRenderer, IpcRendererEvent } from 'electron';
import type { DesktopShell, ShellCommand } from '../shared/shell.ts';
import { shellChannels } from '../shared/shell-channels.ts';

export interface Bridge {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'on' | 'send' | 'invoke'>;
}

/** The window, as far as it is needed. */
export interface Page {
  postMessage(message: string, targetOrigin: string, ports: IpcRendererEvent['ports']): void;
}

export function exposeShell({ contextBridge, ipcRenderer }: Bridge, page: Page, platform: string): void {
  // What comes before the page listens waits for it.
  const early: ShellCommand[] = [];
  let listener: ((command: ShellCommand) => void) | null = null;
  ipcRenderer.on(shellChannels.command, (_event, command: ShellCommand) => {
    if (listener) listener(command);
    else early.push(command);
  });

  // A port can't cross the bridge as a value; as a message it can. '/' is the page's own origin.
  ipcRenderer.on(shellChannels.port, (event) => page.postMessage(shellChannels.port, '/', event.ports));

  const shell: DesktopShell = {
    platform,
    requestPort: () => ipcRenderer.send(shellChannels.requestPort),
    pickFile: (kind) => ipcRenderer.invoke(shellChannels.pickFile, kind),
    pickSave: (kind, name) => ipcRenderer.invoke(shellChannels.pickSave, kind, name),
    printPdf: (name) => ipcRenderer.invoke(shellChannels.printPdf, name),
    onCommand(given) {
      listener = given;
      for (const command of early.splice(0)) given(command);
    },
  };
  contextBridge.exposeInMainWorld('drover', shell);
}
