// What a worker thread loads when it begins: each one pays for it, in time and in memory.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const ENGINE = new URL('../../src/engine/', import.meta.url);

test.each(['working.ts', 'aside/serve.ts'])('a thread that begins in %s checks no schemas', async (begin) => {
  const loaded = await staticImports([
    begin,
    ...['postgres', 'mysql', 'sqlite'].map((name) => `dialects/${name}/index.ts`),
  ]);
  expect(loaded.filter((file) => file.includes('src/engine/')).length, 'files of the engine').toBeGreaterThan(100);
  expect(loaded.filter((file) => /node_modules\/(zod|knex)\//.test(file))).toEqual([]);
});

/** All files that are loaded with these; what is imported later, when it is needed, is not followed. */
async function staticImports(files: readonly string[]): Promise<string[]> {
  const entries = files.map((file) => fileURLToPath(new URL(file, ENGINE)));
  const { metafile } = await build({
    entryPoints: entries,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    write: false,
    outdir: '/',
    metafile: true,
    external: ['better-sqlite3', 'mysql2', 'pg', 'ssh2'],
    logLevel: 'error',
  });
  const found = new Set<string>();
  const open = Object.keys(metafile.inputs).filter((file) => files.some((name) => file.endsWith(`src/engine/${name}`)));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (!external && kind !== 'dynamic-import') open.push(path);
    }
  }
  return [...found];
}
