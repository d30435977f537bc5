// A program of the benchmark as the product's own are: built, in plain JavaScript.
//
// Node strips the types of a .ts file by WebAssembly, whose growing memory makes V8 look before every access to a byte
// whether its buffer is still there. No thread of a run pays for that, so no thread that is measured may either.

import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const OUT = new URL('../out/bench/', import.meta.url);

export async function built(source: URL): Promise<URL> {
  const outfile = fileURLToPath(new URL(`${basename(source.pathname, '.ts')}.js`, OUT));
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}
