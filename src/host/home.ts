// Where Drover keeps its journal, history and the folders of runs on this machine.

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** DROVER_HOME wins; else the place that the operating system has for such things. */
export function droverHome(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment.DROVER_HOME) return resolve(environment.DROVER_HOME);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Drover');
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'Drover');
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'drover');
}
