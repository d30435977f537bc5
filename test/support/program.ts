// Which of Drover's programs tests run: the built ones where they are newer than the sources, as `npm test` leaves them.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = {
  cli: 'src/cli/index.ts',
  engine: 'src/main/engine.ts',
  worker: 'src/engine/worker.ts',
  sample: 'src/host/sample/make.ts',
} as const;

export function program(name: keyof typeof SOURCES): string {
  const built = join(ROOT, `out/main/${name}.js`);
  return isFresh(built) ? built : join(ROOT, SOURCES[name]);
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function isFresh(built: string): boolean {
  if (!existsSync(built)) return false;
  const age = statSync(built).mtimeMs;
  return filesBelow(join(ROOT, 'src')).every((file) => statSync(file).mtimeMs < age);
}
