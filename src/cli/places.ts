// Where the parts of Drover lie: the sources of a checkout that Node runs itself, or the built files.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Built, entries lie in out/main; what is imported by them may lie in the folder of chunks below. */
function built(path: string): URL {
  const beside = new URL(path, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../${path}`, import.meta.url);
}

function place(source: string, path: string): URL {
  return import.meta.url.endsWith('.ts') ? new URL(source, import.meta.url) : built(path);
}

export const workerUrl = (): URL => place('../engine/worker.ts', './worker.js');
export const sampleUrl = (): URL => place('../host/sample/make.ts', './sample.js');
export const rendererFolder = (): string => fileURLToPath(place('../../out/renderer/', '../renderer/'));
/** The desktop shell, which only Electron can run: the built one in both cases. */
export const shellEntry = (): string => fileURLToPath(place('../../out/main/index.js', './index.js'));
