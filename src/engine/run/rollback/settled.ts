// What an earlier rollback of some tables had done when its process ended: it is recorded and tidied up before any other.

import type { Publisher } from '../../dialects/publishing.ts';
import type { RunIdentity } from '../../dialects/session.ts';
import { movedOf, type Published } from './published.ts';
import { tidy } from './tidy.ts';

/** With the tables that are still published. A published run has tables in staging only while some are taken back. */
export async function settled(published: Published, publisher: Publisher, identity: RunIdentity): Promise<Published> {
  const gone = new Set(published.takenBack);
  if ((await publisher.state()) === 'published') {
    const staged = new Set(await publisher.tablesIn('staging'));
    const out = movedOf(published.tables).filter(({ target }) => staged.has(target.name));
    const names = out.map(({ target }) => target.name);
    if (out.length > 0) {
      await publisher.reclaim();
      await published.tookBack(names);
      await tidy({ ...published, tables: out }, publisher, identity, false);
    }
    for (const name of names) gone.add(name);
  }
  return {
    ...published,
    tables: published.tables.filter(({ target }) => !gone.has(target.name)),
    takenBack: [...gone],
  };
}
