// The engine's process: its messages with the shell, the screens' port, the keychain, and the entry as a whole host.

import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Keychain } from '../../src/host/desk/secrets.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open.ts';
import { type Parent, serveEngine } from '../../src/main/engine/serve-engine.ts';
import type { FromEngine, RunEnded, ToEngine } from '../../src/main/engine-messages.ts';
import { engineProcess } from '../../src/main/engine-process.ts';
import { openKeychain } from '../../src/main/keychain.ts';
import type { ToHost, ToScreen } from '../../src/shared/wire.ts';
import { fakeElectron } from '../support/electron-double.ts';
import { filesBelow, program } from '../support/program.ts';

/** A busy machine takes its time. */
const PATIENCE = { timeout: 10_000 };

const CANARY = 'canary-77aa10-password';
const url = 'postgres://me@db:5432/shop?schema=public';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drover-engine-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The shell and the engine's process, joined as Electron would join them; the screens' ports are real. */
function joined(open: (keychain: Keychain) => Host, keychain: Keychain) {
  const electron = fakeElectron();
  const ended: RunEnded[] = [];
  const shell = engineProcess(electron.parts, {
    entry: '/engine.js',
    environment: {},
    keychain,
    onActive: vi.fn(),
    onEnded: (each) => ended.push(each),
  });
  shell.connect();
  const child = electron.children[0]!;
  const parent = new EventEmitter();
  const passed: unknown[] = [];
  child.postMessage = (message, ports = []) => {
    passed.push(message);
    parent.emit('message', { data: structuredClone(message), ports });
  };
  serveEngine(
    Object.assign(parent, {
      postMessage: (message: FromEngine) => {
        passed.push(message);
        child.emit('message', structuredClone(message));
      },
    }) as Parent,
    open,
  );
  const { port1, port2 } = new MessageChannel();
  parent.emit('message', { data: { kind: 'screen' } satisfies ToEngine, ports: [asElectron(port1)] });
  return { shell, ended, passed, page: port2 };
}

type ElectronPort = ReturnType<ReturnType<typeof engineProcess>['connect']>;

/** A port of Node's in the shape of Electron's: messages come wrapped, and nothing comes before start. */
function asElectron(port: MessagePort): ElectronPort {
  const shape = new EventEmitter();
  port.once('close', () => shape.emit('close'));
  return Object.assign(shape, {
    start: () => void port.on('message', (data) => shape.emit('message', { data, ports: [] })),
    postMessage: (message: unknown) => port.postMessage(message),
    close: () => port.close(),
  }) as unknown as ElectronPort;
}

async function ask(page: MessagePort, message: ToHost): Promise<ToScreen> {
  page.postMessage(message);
  const [answer] = (await once(page, 'message')) as [ToScreen];
  return answer;
}

function wholeHost(keychain: Keychain): Host {
  return openHost({
    home,
    version: '9.9.9',
    environment: {},
    keychain,
    workerUrl: new URL('../../src/engine/worker.ts', import.meta.url),
    sampleUrl: new URL('../../src/host/sample/make.ts', import.meta.url),
  });
}

describe('a page’s port', () => {
  test('reaches the whole host', async () => {
    const { safeStorage } = fakeElectron();
    const { page } = joined(wholeHost, openKeychain(storageOf(safeStorage), home, 'linux'));
    expect(await ask(page, { kind: 'call', id: 1, name: 'desk', input: {} })).toMatchObject({
      kind: 'answer',
      output: { home, version: '9.9.9' },
    });
    expect(
      await ask(page, {
        kind: 'call',
        id: 2,
        name: 'connect.parse',
        input: { url: `postgres://me:${CANARY}@db/shop` },
      }),
    ).toMatchObject({ kind: 'answer', id: 2, output: { url, hasPassword: true } });
    page.close();
  });

  test('keeps a password in the system’s keychain: encrypted in its file, and nowhere else', async () => {
    const { safeStorage } = fakeElectron();
    const { page } = joined(wholeHost, openKeychain(storageOf(safeStorage), home, 'linux'));
    const kept = await ask(page, {
      kind: 'call',
      id: 1,
      name: 'secrets.keep',
      input: { url, secret: CANARY, remember: true },
    });
    expect(kept).toMatchObject({ output: { place: 'keychain', keychain: { available: true, reason: null } } });
    const state = await ask(page, { kind: 'call', id: 2, name: 'secrets.state', input: { url } });
    expect(state).toMatchObject({ output: { place: 'keychain' } });
    expect(JSON.stringify([kept, state])).not.toContain(CANARY);
    expect(filesBelow(home)).toEqual([join(home, 'keychain.json')]);
    expect(readFileSync(join(home, 'keychain.json'), 'utf8')).not.toContain(CANARY);
    await ask(page, { kind: 'call', id: 3, name: 'secrets.forget', input: { url } });
    expect(JSON.parse(readFileSync(join(home, 'keychain.json'), 'utf8'))).toEqual({});
    page.close();
  });
});

/** Gives the entry the parent port that Electron would give it, and wraps the ports that come. */
const asUtilityProcess = `
const { parentPort, workerData } = require('node:worker_threads');
const { EventEmitter } = require('node:events');
function wrapped(port) {
  const shape = new EventEmitter();
  port.once('close', () => shape.emit('close'));
  shape.start = () => port.on('message', (data) => shape.emit('message', { data, ports: [] }));
  shape.postMessage = (message) => port.postMessage(message);
  shape.close = () => port.close();
  return shape;
}
process.parentPort = new EventEmitter();
process.parentPort.postMessage = (message) => parentPort.postMessage(message);
parentPort.on('message', ({ data, ports }) => {
  process.parentPort.emit('message', { data, ports: ports.map(wrapped) });
});
import(workerData.entry).then(() => parentPort.postMessage({ kind: 'begun' }));
`;

test('the entry itself serves a page, and asks the shell for the keychain', async () => {
  const entry = pathToFileURL(program('engine')).href;
  const worker = new Worker(asUtilityProcess, { eval: true, workerData: { entry }, env: { DROVER_HOME: home } });
  const told: FromEngine[] = [];
  const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
  worker.once('error', reject);
  worker.on('message', (message: FromEngine | { kind: 'begun' }) => {
    if (message.kind === 'begun') return resolve();
    told.push(message);
    if (message.kind !== 'keychain') return;
    const value = { available: false, reason: 'A test has none.' };
    worker.postMessage({ data: { kind: 'keychain answer', id: message.id, value } satisfies ToEngine, ports: [] });
  });
  await begun;
  const { port1, port2: page } = new MessageChannel();
  worker.postMessage({ data: { kind: 'screen' }, ports: [port1] }, [port1]);
  expect(await ask(page, { kind: 'call', id: 1, name: 'desk', input: {} })).toMatchObject({
    kind: 'answer',
    output: { home },
  });
  const state = await ask(page, { kind: 'call', id: 2, name: 'secrets.state', input: { url } });
  expect(state).toMatchObject({
    output: { place: 'none', keychain: { available: false, reason: 'A test has none.' } },
  });
  expect(told).toEqual([{ kind: 'keychain', id: 1, question: { ask: 'available' } }]);
  page.close();
  await worker.terminate();
});

type Storage = Parameters<typeof openKeychain>[0];
function storageOf(fake: unknown): Storage {
  return fake as Storage;
}

describe('the keychain', () => {
  test.each(['basic_text', 'unknown'])('refuses in words where Linux offers %s', async (backend) => {
    const { safeStorage } = fakeElectron();
    safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
    const keychain = openKeychain(storageOf(safeStorage), home, 'linux');
    expect(await keychain.available()).toEqual({
      available: false,
      reason: 'No keyring was found on this desktop (GNOME Keyring or KWallet), so passwords are not saved.',
    });
    await expect(keychain.set(url, CANARY)).rejects.toThrow('No keyring');
    expect(safeStorage.encryptStringAsync).not.toHaveBeenCalled();
    expect(filesBelow(home)).toEqual([]);
  });

  test('does not ask for a backend where there is but one', async () => {
    const { safeStorage } = fakeElectron();
    safeStorage.getSelectedStorageBackend.mockReturnValue('unknown');
    expect(await openKeychain(storageOf(safeStorage), home, 'darwin').available()).toMatchObject({ available: true });
  });

  test('says when the system refuses', async () => {
    const { safeStorage } = fakeElectron();
    safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false);
    const keychain = openKeychain(storageOf(safeStorage), home, 'win32');
    expect(await keychain.available()).toMatchObject({ available: false, reason: expect.stringContaining('locked') });
    await expect(keychain.set(url, CANARY)).rejects.toThrow('locked');
  });

  test('that fails is told to the page as an error without the secret', async () => {
    const failing: Keychain = {
      available: async () => ({ available: true, reason: null }),
      get: async () => null,
      set: () => Promise.reject(new Error('the keyring went away')),
      delete: async () => undefined,
    };
    const { page } = joined(wholeHost, failing);
    const input = { url, secret: CANARY, remember: true };
    const answer = await ask(page, { kind: 'call', id: 1, name: 'secrets.keep', input });
    expect(answer).toMatchObject({
      kind: 'error',
      error: { code: 'connect.keychain', cause: 'the keyring went away' },
    });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
    page.close();
  });
});

describe('runs', () => {
  /** A host with one run, whose end the test decides. */
  function hostWithRun() {
    const { promise: finished, resolve: finish } = Promise.withResolvers<'published' | 'rolled back'>();
    let active = false;
    const call = async (name: string) => {
      if (name === 'run.start') active = true;
      if (name === 'run.cancel') finish('rolled back');
      if (name === 'run.active') return active ? [{ run: 'r1', project: 'shop', startedAt: '' }] : [];
      return { run: 'r1' };
    };
    async function* stream() {
      yield { seq: 1, events: [{ kind: 'log', message: 'begins' }] };
      const state = await finished;
      active = false;
      yield { seq: 2, events: [{ kind: 'finished', state }] };
    }
    return { host: { call, stream } as unknown as Host, finish };
  }
  const none: Keychain = {
    available: async () => ({ available: false, reason: '' }),
    get: async () => null,
    set: async () => undefined,
    delete: async () => undefined,
  };

  test('that a page starts are told to the shell, and their end as well', async () => {
    const { host, finish } = hostWithRun();
    const { page, shell, ended } = joined(() => host, none);
    await ask(page, { kind: 'call', id: 1, name: 'run.start', input: {} });
    expect(shell.activeRuns()).toEqual([{ run: 'r1', project: 'shop' }]);
    finish('published');
    await vi.waitFor(() => expect(ended).toEqual([{ run: 'r1', project: 'shop', state: 'published' }]), PATIENCE);
    expect(shell.activeRuns()).toEqual([]);
    page.close();
  });

  test('are cancelled before the shell leaves, which waits for the rollback', async () => {
    const { host } = hostWithRun();
    const { page, shell, ended, passed } = joined(() => host, none);
    await ask(page, { kind: 'call', id: 1, name: 'run.start', input: {} });
    await shell.stop('cancel');
    expect(ended).toEqual([{ run: 'r1', project: 'shop', state: 'rolled back' }]);
    expect(passed).toContainEqual({ kind: 'stopped' });
    expect(shell.activeRuns()).toEqual([]);
    page.close();
  });
});
