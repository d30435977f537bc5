// Recent projects: the last ones opened or saved here, newest first.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type RecentProject, recentProject } from '../../shared/model/desk.ts';
import type { Project } from '../../shared/model/mapping.ts';
import { openDrawer } from './drawer.ts';

const KEPT = 30;

/** Whether the file is still there is looked at when asked, not kept. */
const kept = z.array(recentProject.omit({ exists: true }));
type Kept = z.infer<typeof kept>;

export interface Recent {
  list(): Promise<RecentProject[]>;
  add(path: string, project: Project): Promise<void>;
  forget(path: string): Promise<void>;
}

/** `hidden` takes the password out of whatever stands there for a URL. */
export function openRecent(home: string, now: () => Date, hidden: (url: string) => string): Recent {
  const drawer = openDrawer(join(home, 'recent.json'), kept, []);
  const clean = (held: Kept) =>
    held.map((each) => ({ ...each, source: hidden(each.source), target: hidden(each.target) }));

  /** Older Drovers wrote the URLs here as they stood in the project's file. */
  async function read(): Promise<Kept> {
    const held = await drawer.read();
    const isClean = held.every(({ source, target }) => hidden(source) === source && hidden(target) === target);
    return isClean ? held : drawer.change(clean);
  }

  return {
    list: async () => (await read()).map((each) => ({ ...each, exists: existsSync(each.path) })),
    async add(path, { name, source, target }) {
      const entry = { path, name, source: source.url, target: target.url, openedAt: now().toISOString() };
      await drawer.change((held) => [entry, ...held.filter((each) => each.path !== path)].slice(0, KEPT));
    },
    async forget(path) {
      await drawer.change((held) => held.filter((each) => each.path !== path));
    },
  };
}
