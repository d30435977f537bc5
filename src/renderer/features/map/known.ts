// What the screen has asked about: tables of the source in detail, and the types that the target offers.

import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import type { Server } from '../../../shared/model/connection.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { tableOf } from '../../client/stores/catalogs.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';

export type Known<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

interface KnownState {
  readonly tables: ReadonlyMap<string, Known<Table>>;
  readonly types: readonly string[];
  /** A column that is being added to the mapping; null: none. */
  readonly adding: Exclude<Known<never>, { state: 'known' }> | null;
}

const none: KnownState = { tables: new Map(), types: [], adding: null };

export const known = createStore<KnownState>(() => none);

// Another source, other tables.
sides.subscribe((now, before) => {
  if (now.source.url !== before.source.url) known.setState({ tables: new Map() });
});

/** The source's table; null while nothing is known of it. */
export function useSourceTable(name: string | null): Table | null {
  const found = useFrom(known, ({ tables }) => (name === null ? undefined : tables.get(name)));
  useEffect(() => {
    if (name !== null) void askTable(name);
  }, [name]);
  return found?.state === 'known' ? found.value : null;
}

export async function askTable(name: string): Promise<void> {
  const { url } = sides.getState().source;
  const found = known.getState().tables.get(name);
  if (url === '' || (found && found.state !== 'failed')) return;
  const tell = (answer: Known<Table>) => {
    if (sides.getState().source.url !== url) return;
    known.setState({ tables: new Map(known.getState().tables).set(name, answer) });
  };
  tell({ state: 'asking' });
  try {
    tell({ state: 'known', value: await tableOf('source', name) });
  } catch (thrown) {
    tell({ state: 'failed', error: failureOf(thrown) });
  }
}

/** Types to choose from; any other can be typed. */
export function useTargetTypes(target: Server | null): readonly string[] {
  useEffect(() => {
    if (target) void askTypes(target);
  }, [target]);
  return useFrom(known, ({ types }) => types);
}

async function askTypes(target: Server): Promise<void> {
  try {
    known.setState({ types: await engine.call('map.types', { target }) });
  } catch {
    // The list only helps: what is typed is checked by the plan.
    known.setState({ types: [] });
  }
}
