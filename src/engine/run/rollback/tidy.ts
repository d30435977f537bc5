// Tidying up after the exchange: new tables that were taken back are dropped, or put aside where somebody wrote into them.

import type { Publisher } from '../../dialects/publishing.ts';
import type { RunIdentity } from '../../dialects/session.ts';
import { publicationOf } from '../publication.ts';
import { changesSince } from './changes.ts';
import { movedOf, type Published } from './published.ts';

/** They are out of everybody's reach now: what they hold decides whether they may go. */
export async function tidy(
  published: Published,
  publisher: Publisher,
  identity: RunIdentity,
  changed: boolean,
): Promise<void> {
  const staged = new Set(await publisher.tablesIn('staging'));
  const { merges } = publicationOf(published.tables);
  const there = { ...published, tables: movedOf(published.tables).filter(({ target }) => staged.has(target.name)) };
  // Only rows that somebody changed since are put where those of the run were staged.
  const keep =
    changed || merges.some(({ table }) => staged.has(table)) || (await changesSince(there, null, identity)).length > 0;
  if (keep) await publisher.putAside();
  await publisher.dropStaging();
}
