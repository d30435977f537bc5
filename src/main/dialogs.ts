// Native dialogs for the page: a file to open, a place to save, a PDF of what it shows.

import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import type { FileKind } from '../shared/shell.ts';
import { shellChannels } from '../shared/shell-channels.ts';
import type { Door } from './door.ts';
import type { ElectronParts } from './electron.ts';

const kind = z.object({ name: z.string(), extensions: z.array(z.string()) });

export function answerDialogs(
  door: Door,
  { dialog }: Pick<ElectronParts, 'dialog'>,
  windowNow: () => BrowserWindow | null,
): void {
  async function askSave(window: BrowserWindow, { name, extensions }: FileKind, file: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      // A name only: where it goes is for the person to say.
      defaultPath: basename(file),
      filters: [{ name, extensions: [...extensions] }],
    });
    return canceled || filePath === '' ? null : filePath;
  }

  door.handle(shellChannels.pickFile, z.tuple([kind]), async ({ name, extensions }) => {
    const window = windowNow();
    if (!window) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      filters: [
        { name, extensions },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: ['openFile'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  });

  door.handle(shellChannels.pickSave, z.tuple([kind, z.string()]), async (given, file) => {
    const window = windowNow();
    return window && askSave(window, given, file);
  });

  door.handle(shellChannels.printPdf, z.tuple([z.string()]), async (file) => {
    const window = windowNow();
    const path = window && (await askSave(window, { name: 'PDF', extensions: ['pdf'] }, file));
    if (!window || !path) return false;
    const pdf = await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    });
    await writeFile(path, pdf);
    return true;
  });
}
