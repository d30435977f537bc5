// One build for all: the desktop shell, the command line, the engine's worker thread, and the screens.

import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Required by dialects that Drover's history does not use. */
const driversOfKnex = ['mariadb/callback', 'mysql', 'oracledb', 'pg-native', 'pg-query-stream', 'sqlite3', 'tedious'];

/** One character beyond Latin-1 makes a source take twice its memory, in every thread that loads it. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk(code) {
    const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return { code: code.replaceAll(/[\u0080-\uffff]/g, escaped), map: null };
  },
};

export default defineConfig({
  main: {
    plugins: [ascii],
    build: {
      target: 'node22',
      // These lie in some 600 files, which every thread would find and read one by one.
      externalizeDeps: { exclude: ['ansis', 'commander', 'knex', 'log-update', 're2js', 'zod'] },
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          engine: resolve('src/main/engine.ts'),
          cli: resolve('src/cli/index.ts'),
          worker: resolve('src/engine/worker.ts'),
          sample: resolve('src/host/sample/make.ts'),
        },
        external: driversOfKnex,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      minify: true,
      // The page's policy lets no data: font in.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
    plugins: [react()],
  },
});
