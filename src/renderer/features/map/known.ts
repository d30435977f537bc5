// What the screen has asked about: what the mapping reads, in detail, and the types and tables that the target offers.

import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import type { Server } from '../../../shared/model/connection.ts';
import type { TableMapping } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { catalogs, type Looked, tableOf } from '../../client/stores/catalogs.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { describeMapping } from './describe.ts';
import { isView, readsFrom } from './model/uses.ts';

export type Known<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

interface KnownState {
  /** By what is read; see `sourceKey`. */
  readonly tables: ReadonlyMap<string, Known<Table>>;
  /** Columns of tables that stand in the target. */
  readonly standing: ReadonlyMap<string, readonly string[]>;
  readonly types: readonly string[];
  /** A column that is being added to the mapping; null: none. */
  readonly adding: Exclude<Known<never>, { state: 'known' }> | null;
  /** The row of a column that was just made: its field takes the focus. */
  readonly fresh: string | null;
}

const none: KnownState = { tables: new Map(), standing: new Map(), types: [], adding: null, fresh: null };

export const known = createStore<KnownState>(() => none);

// Another source, other tables.
sides.subscribe((now, before) => {
  if (now.source.url !== before.source.url) known.setState({ tables: new Map() });
  if (now.target.url !== before.target.url) known.setState({ standing: new Map() });
});

/** The same for all that reads the same. */
export function sourceKey(mapping: TableMapping): string {
  const from = readsFrom(mapping) ?? `\n${mapping.query}`;
  return mapping.rowKey ? `${from}\n${mapping.rowKey.join('\n')}` : from;
}

/** The table, view or SELECT of the source that is read, as a table; null while nothing is known of it. */
export function useSource(mapping: TableMapping | null): Table | null {
  const key = mapping && sourceKey(mapping);
  const found = useFrom(known, ({ tables }) => (key === null ? undefined : tables.get(key)));
  const source = useFrom(catalogs, (state) => state.source);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever else of the mapping changes, it reads the same
  useEffect(() => {
    if (mapping) void askSource(mapping, source);
  }, [key, source]);
  return found?.state === 'known' ? found.value : null;
}

/** `looked` says which names are views; until then nothing is asked. */
export async function askSource(mapping: TableMapping, looked: Looked): Promise<void> {
  const { url } = sides.getState().source;
  const key = sourceKey(mapping);
  const found = known.getState().tables.get(key);
  if (url === '' || looked.state === 'none' || looked.state === 'looking') return;
  if (found && found.state !== 'failed') return;
  const tell = (answer: Known<Table>) => {
    if (sides.getState().source.url !== url) return;
    known.setState({ tables: new Map(known.getState().tables).set(key, answer) });
  };
  tell({ state: 'asking' });
  try {
    tell({ state: 'known', value: await tableRead(mapping, looked) });
  } catch (thrown) {
    tell({ state: 'failed', error: failureOf(thrown) });
  }
}

async function tableRead(mapping: TableMapping, looked: Looked): Promise<Table> {
  const name = readsFrom(mapping);
  const overview = looked.state === 'ready' ? looked.overview : null;
  if (name !== null && !isView(name, overview)) return tableOf('source', name);
  return (await describeMapping({ ...mapping, columns: [] })).table;
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
