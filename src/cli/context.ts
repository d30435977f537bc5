// What every command works with: a terminal, the environment, and the engine when it is needed.

import { existsSync } from 'node:fs';
import { createEngine } from '../engine/index.ts';
import { createHost, type Host } from '../host/host.ts';
import { droverHome } from './home.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { version } from './version.ts';

export interface Context {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  readonly host: Host;
}

/** Runs a command with the engine at hand. */
export async function withContext<T>(json: boolean, work: (context: Context) => Promise<T>): Promise<T> {
  const home = droverHome();
  const engine = createEngine({ home, workerUrl: workerUrl(), version, environment: process.env });
  return work({ terminal: createTerminal(json), environment: process.env, home, host: createHost(engine) });
}

/** A source file in a checkout that Node runs itself; built, it lies in the folder of the entry, above the chunks. */
function workerUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('../engine/worker.ts', import.meta.url);
  const beside = new URL('./worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../worker.js', import.meta.url);
}
