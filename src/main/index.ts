// The desktop shell's entry.

import * as electron from 'electron';
import { droverHome } from '../host/home.ts';
import { startShell } from './shell.ts';

const beside = (path: string) => `${import.meta.dirname}/${path}`;

// Not awaited here: Electron is ready only after this module has come to its end.
startShell(electron, {
  home: droverHome(),
  preload: beside('../preload/index.cjs'),
  rendererFolder: beside('../renderer'),
  engineEntry: beside('engine.js'),
  argv: process.argv,
  cwd: process.cwd(),
  environment: process.env,
  platform: process.platform,
}).catch((error: unknown) => {
  electron.dialog.showErrorBox('Drover did not start', error instanceof Error ? error.message : String(error));
  electron.app.exit(1);
});
