// The built screens: only what lies in their folder is there at all, so no path leads out of it.

import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFile {
  readonly body: Buffer;
  readonly mediaType: string;
  /** Its name changes with its content. */
  readonly immutable: boolean;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** `path` as it stands in the URL; null where there is no such file. */
export async function findFile(folder: string, path: string): Promise<StaticFile | null> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (!(await names(folder)).has(name)) return null;
  return {
    body: await readFile(join(folder, name)),
    mediaType: mediaTypes[extname(name)] ?? 'application/octet-stream',
    immutable: /^assets\/.+-[\w-]{8}\.\w+$/.test(name),
  };
}

/** Read each time: a new build brings new names. Links are not followed. */
async function names(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
}
