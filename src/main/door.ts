// The door of the shell: whatever the page asks for comes through here, and only from our own page's main frame.

import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { HOME_PAGE } from './scheme.ts';

export interface Door {
  /** Answers a question whose words are as they should be. */
  handle<T extends unknown[]>(channel: string, words: z.ZodType<T>, answer: (...words: T) => Promise<unknown>): void;
  listen(channel: string, act: (event: IpcMainEvent) => void): void;
}

export function openDoor(ipcMain: Pick<IpcMain, 'handle' | 'on'>): Door {
  return {
    handle(channel, words, answer) {
      ipcMain.handle(channel, (event, ...given: unknown[]) => {
        if (!isOurPage(event)) throw new Error('This page may not ask.');
        return answer(...words.parse(given));
      });
    },
    listen(channel, act) {
      ipcMain.on(channel, (event) => {
        if (isOurPage(event)) act(event);
      });
    },
  };
}

function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(HOME_PAGE);
}
