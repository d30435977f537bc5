// The entry of the engine's process: the host, with a keychain that is asked for at the shell.

import manifest from '../../package.json' with { type: 'json' };
import { droverHome } from '../host/home.ts';
import { openHost } from '../host/open.ts';
import { serveEngine } from './engine/serve-engine.ts';

serveEngine(process.parentPort, (keychain) =>
  openHost({
    home: droverHome(),
    version: manifest.version,
    environment: process.env,
    keychain,
    workerUrl: new URL('./worker.js', import.meta.url),
    sampleUrl: new URL('./sample.js', import.meta.url),
  }),
);
