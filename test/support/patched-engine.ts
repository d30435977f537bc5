// The engine as it would be with some lines changed: a copy, built into a folder of its own. The product has no switch.

import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The text must stand in the file; it is replaced wherever it stands. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the main module of its command line. Throws where a text to be changed is not there. */
export async function buildPatched(changes: readonly Change[], folder: string): Promise<string> {
  const patched = new Map<string, string>();
  for (const { file, from, to } of changes) {
    const path = join(ROOT, file);
    const text = patched.get(path) ?? readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has changed: there is no ${from}`);
    patched.set(path, text.replaceAll(from, to));
  }
  const out = join(folder, 'out', 'main');
  mkdirSync(out, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: { cli: join(ROOT, 'src/cli/index.ts'), worker: join(ROOT, 'src/engine/worker.ts') },
    ...{ outdir: out, bundle: true, format: 'esm', platform: 'node', target: 'node22', packages: 'external' },
    plugins: [
      {
        name: 'patched',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = patched.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' as const };
          });
        },
      },
    ],
  });
  return join(out, 'cli.js');
}
