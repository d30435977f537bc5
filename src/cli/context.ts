// What every command works with: a terminal, the environment, and the engine when it is needed.

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

/** Runs a command with the engine open, and closes it whatever happens. */
export async function withContext<T>(json: boolean, work: (context: Context) => Promise<T>): Promise<T> {
  const home = droverHome();
  const engine = createEngine({ home, workerUrl: workerUrl(), version, environment: process.env });
  const host = createHost(engine);
  try {
    return await work({ terminal: createTerminal(json), environment: process.env, home, host });
  } finally {
    await host.close();
  }
}

/** Built, the worker lies beside this bundle; in a checkout run by Node itself it is a source file. */
function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../engine/worker.ts', import.meta.url)
    : new URL('./worker.js', import.meta.url);
}
