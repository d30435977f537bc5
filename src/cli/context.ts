// What every command works with: a terminal, the environment, and the host when it is needed.

import { noKeychain } from '../host/desk/secrets.ts';
import { droverHome } from '../host/home.ts';
import type { Host } from '../host/host.ts';
import type { Reader } from '../host/no-password.ts';
import { openHost } from '../host/open.ts';
import { sampleUrl, workerUrl } from './places.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { version } from './version.ts';

export interface Context {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  readonly host: Host;
}

const NO_KEYCHAIN = 'Outside the desktop window Drover has no keychain; passwords are kept until it ends.';

/** Runs a command with the engine at hand; `reader` reads what the host advises. */
export async function withContext<T>(
  json: boolean,
  work: (context: Context) => Promise<T>,
  reader: Reader = 'command line',
): Promise<T> {
  const home = droverHome();
  const environment = process.env;
  const keychain = noKeychain(NO_KEYCHAIN);
  const host = openHost({
    home,
    version,
    environment,
    keychain,
    workerUrl: workerUrl(),
    sampleUrl: sampleUrl(),
    reader,
  });
  return work({ terminal: createTerminal(json), environment, home, host });
}
