// A drawer of the desk: one JSON file, read each time (another Drover may have written it) and replaced whole.

import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { replaceFile } from '../../engine/index.ts';
import { DroverError } from '../../shared/errors.ts';

export interface Drawer<T> {
  read(): Promise<T>;
  /** One change after the other, so that none undoes another. */
  change(edit: (held: T) => T): Promise<T>;
}

/** A file that is not there, or can't be understood, counts as `empty`; a broken one is kept beside. */
export function openDrawer<T>(file: string, schema: z.ZodType<T>, empty: T): Drawer<T> {
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<T> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return empty;
    }
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    await rename(file, `${file}.broken`).catch(() => undefined);
    return empty;
  }

  async function apply(edit: (held: T) => T): Promise<T> {
    const changed = edit(await read());
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await replaceFile(file, `${JSON.stringify(changed, null, 2)}\n`, 0o600);
    } catch (error) {
      throw new DroverError('project.unwritable', `The file ${file} cannot be written.`, {
        cause: (error as Error).message,
        hint: 'See that its folder may be written to and that the disk is not full.',
        where: { side: 'local' },
      });
    }
    return changed;
  }

  return {
    read,
    change(edit) {
      const done = last.then(() => apply(edit));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** undefined where it is not JSON: no schema takes that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
