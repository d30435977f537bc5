// The engine's process as the shell sees it: begun when a page asks for a line, begun again after it has died.

import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Keychain } from '../host/desk/secrets.ts';
import type { ElectronParts } from './electron.ts';
import type { ActiveRun, FromEngine, KeychainQuestion, RunEnded, ToEngine } from './engine-messages.ts';

export interface EngineProcess {
  /** A new line to the engine: the page's end of it. The shell is not on the way of what passes. */
  connect(): MessagePortMain;
  activeRuns(): readonly ActiveRun[];
  /** Cancels what runs, or leaves it to be resumed, and waits until it has ended, or the process is gone. */
  stop(how: 'cancel' | 'leave'): Promise<void>;
  end(): void;
}

export interface EngineOptions {
  readonly entry: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly keychain: Keychain;
  readonly onActive: (runs: readonly ActiveRun[]) => void;
  readonly onEnded: (ended: RunEnded) => void;
}

export function engineProcess(
  { utilityProcess, MessageChannelMain }: Pick<ElectronParts, 'utilityProcess' | 'MessageChannelMain'>,
  { entry, environment, keychain, onActive, onEnded }: EngineOptions,
): EngineProcess {
  let child: UtilityProcess | null = null;
  let active: readonly ActiveRun[] = [];

  function begin(): UtilityProcess {
    const begun = utilityProcess.fork(entry, [], {
      serviceName: 'Drover engine',
      stdio: 'inherit',
      env: engineEnvironment(environment),
    });
    begun.on('message', (message: FromEngine) => hear(begun, message));
    begun.on('exit', () => {
      if (child === begun) child = null;
      setActive([]);
    });
    return begun;
  }

  function hear(from: UtilityProcess, message: FromEngine): void {
    switch (message.kind) {
      case 'keychain':
        void answer(keychain, message.id, message.question).then((told) => from.postMessage(told));
        break;
      case 'active':
        setActive(message.runs);
        break;
      case 'ended':
        onEnded(message.ended);
        break;
      case 'stopped':
        break;
    }
  }

  function setActive(runs: readonly ActiveRun[]): void {
    active = runs;
    onActive(runs);
  }

  return {
    connect() {
      child ??= begin();
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ kind: 'screen' } satisfies ToEngine, [port1]);
      return port2;
    },
    activeRuns: () => active,
    stop(how) {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (!child) return Promise.resolve();
      child.once('exit', () => resolve());
      child.on('message', (message: FromEngine) => message.kind === 'stopped' && resolve());
      child.postMessage({ kind: 'stop', how } satisfies ToEngine);
      return promise.then(() => setActive([]));
    },
    end() {
      child?.kill();
    },
  };
}

/** What the command line takes passwords from has no business here; nor has what would change how Node runs. */
function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const left = ['DROVER_SOURCE_PASSWORD', 'DROVER_TARGET_PASSWORD', 'NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || left.includes(name) ? [] : [[name, value]],
    ),
  );
}

async function answer(keychain: Keychain, id: number, question: KeychainQuestion): Promise<ToEngine> {
  try {
    return { kind: 'keychain answer', id, value: await asked(keychain, question) };
  } catch (error) {
    return { kind: 'keychain failure', id, message: error instanceof Error ? error.message : String(error) };
  }
}

function asked(keychain: Keychain, question: KeychainQuestion): Promise<unknown> {
  switch (question.ask) {
    case 'available':
      return keychain.available();
    case 'get':
      return keychain.get(question.url);
    case 'set':
      return keychain.set(question.url, question.secret);
    case 'delete':
      return keychain.delete(question.url);
  }
}
