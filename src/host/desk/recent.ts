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

export interface Recent {
  list(): Promise<RecentProject[]>;
  add(path: string, project: Project): Promise<void>;
  forget(path: string): Promise<void>;
}

export function openRecent(home: string, now: () => Date): Recent {
  const drawer = openDrawer(join(home, 'recent.json'), kept, []);
  return {
    list: async () => (await drawer.read()).map((each) => ({ ...each, exists: existsSync(each.path) })),
    async add(path, { name, source, target }) {
      const entry = { path, name, source: source.url, target: target.url, openedAt: now().toISOString() };
      await drawer.change((held) => [entry, ...held.filter((each) => each.path !== path)].slice(0, KEPT));
    },
    async forget(path) {
      await drawer.change((held) => held.filter((each) => each.path !== path));
    },
  };
}
