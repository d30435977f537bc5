// The project that was open before the page was loaded anew: this tab remembers its path, and nothing else of it.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { failureOf } from '../failure.ts';
import { go } from './navigation.ts';
import { openProject, projectStore } from './project.ts';
import { testSide } from './sides.ts';

/** Why it could not be opened again; null where it could, or nothing was open. */
export const reopening = createStore<{ readonly error: DroverErrorData | null }>(() => ({ error: null }));

const KEY = 'drover.project';

projectStore.subscribe(({ path, visit }, before) => {
  if (path !== before.path) remember(path);
  // Whoever goes on with another one has read it.
  if (visit !== before.visit) reopening.setState({ error: null });
});

export async function reopenProject(): Promise<void> {
  const path = sessionStorage.getItem(KEY);
  if (path === null) return;
  try {
    await openProject(path);
    void testSide('source');
    void testSide('target');
  } catch (thrown) {
    remember(null);
    reopening.setState({ error: failureOf(thrown) });
    go({ at: 'home' });
  }
}

function remember(path: string | null): void {
  if (path === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, path);
}
