// Saved connections: a name and a URL. A password in a URL does not come in.

import { join } from 'node:path';
import { z } from 'zod';
import { type SavedConnection, savedConnection } from '../../shared/model/desk.ts';
import { openDrawer } from './drawer.ts';

export interface Connections {
  list(): Promise<SavedConnection[]>;
  replace(connections: readonly SavedConnection[]): Promise<SavedConnection[]>;
}

/** `bare` takes the password out of a URL; it throws where the URL is none. */
export function openConnections(home: string, bare: (url: string) => string): Connections {
  const drawer = openDrawer(join(home, 'connections.json'), z.array(savedConnection), []);
  return {
    list: () => drawer.read(),
    replace: async (connections) => {
      const clean = connections.map(({ name, url }) => ({ name, url: bare(url) }));
      return drawer.change(() => clean);
    },
  };
}
