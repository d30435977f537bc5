// A double of the few Electron calls that the shell makes: it records what it is told, and lets a test play the system.

import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import type { ElectronParts } from '../../src/main/electron.ts';

/** Where Electron would deliver an event, with a word on whether its default was prevented. */
export interface Prevented {
  preventDefault(): void;
  prevented: boolean;
}

export function event(): Prevented {
  const made: Prevented = {
    prevented: false,
    preventDefault() {
      made.prevented = true;
    },
  };
  return made;
}

export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly posted: { readonly channel: string; readonly ports: readonly unknown[] }[] = [];
  openHandler: (() => { action: string }) | null = null;
  readonly printToPDF = vi.fn(async () => Buffer.from('%PDF'));
  send(...words: unknown[]): void {
    this.sent.push(words);
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, ports });
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
}

export class FakeWindow extends EventEmitter {
  static opened: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly shown = vi.fn();
  url = '';
  focused = true;
  readonly options: { readonly webPreferences: Record<string, unknown> };
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  show = () => this.shown();
  isMinimized = () => true;
  restore = vi.fn();
  focus = vi.fn();
  isFocused = () => this.focused;
}

export class FakeChild extends EventEmitter {
  readonly told: { readonly message: unknown; readonly ports: readonly unknown[] }[] = [];
  readonly kill = vi.fn();
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.told.push({ message, ports });
  }
}

export class FakeNotification extends EventEmitter {
  static shown: { readonly title: string; readonly body: string }[] = [];
  static isSupported = () => true;
  readonly options: { title: string; body: string };
  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    FakeNotification.shown.push(this.options);
  }
}

type Answer = (...words: unknown[]) => unknown;

export function fakeElectron() {
  FakeWindow.opened = [];
  FakeNotification.shown = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    requestSingleInstanceLock: vi.fn(() => true),
    quit: vi.fn(),
    whenReady: vi.fn(() => Promise.resolve()),
    addRecentDocument: vi.fn(),
  });
  const answers = new Map<string, Answer>();
  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, answer: Answer) => void answers.set(channel, answer),
  });
  const children: FakeChild[] = [];
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setDisplayMediaRequestHandler: vi.fn(),
  });
  const double = {
    app,
    ipcMain,
    BrowserWindow: FakeWindow,
    Notification: FakeNotification,
    dialog: {
      showMessageBox: vi.fn(async () => ({ response: 0 })),
      showOpenDialog: vi.fn(async () => ({ canceled: false, filePaths: ['/chosen/a.db'] })),
      showSaveDialog: vi.fn(async () => ({ canceled: false, filePath: '/chosen/out.pdf' })),
    },
    Menu: { buildFromTemplate: vi.fn((template: unknown) => template), setApplicationMenu: vi.fn() },
    MessageChannelMain: class {
      readonly port1 = { name: 'for the engine' };
      readonly port2 = { name: 'for the page' };
    },
    powerSaveBlocker: { start: vi.fn(() => 7), stop: vi.fn() },
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    safeStorage: {
      getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
      isAsyncEncryptionAvailable: vi.fn(async () => true),
      // Not a cipher, but unlike the text itself.
      encryptStringAsync: vi.fn(async (text: string) => Buffer.from(text).map((byte) => byte ^ 0x5a)),
      decryptStringAsync: vi.fn(async (bytes: Buffer) => ({
        result: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString(),
        shouldReEncrypt: false,
      })),
    },
    session: { defaultSession: session },
    utilityProcess: {
      fork: vi.fn((_entry: string, _words: string[], _options: { env: Record<string, string> }) => {
        const child = new FakeChild();
        children.push(child);
        return child;
      }),
    },
  };
  return { ...double, children, answers, parts: double as unknown as ElectronParts };
}

export const ourFrame = { url: 'app://drover/', parent: null };
