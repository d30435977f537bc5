// What inspect found on both sides, and the tables that were looked at more closely.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import type { Overview, SampleRows } from '../../../shared/model/overview.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { endpointOf, sides } from './sides.ts';

export type Looked =
  | { readonly state: 'none' }
  /** `before`: what was seen the last time, when it is looked at again. */
  | { readonly state: 'looking'; readonly before: Overview | null }
  | { readonly state: 'ready'; readonly overview: Overview }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

export type Catalogs = Readonly<Record<Side, Looked>>;

export const catalogs = createStore<Catalogs>(() => ({ source: { state: 'none' }, target: { state: 'none' } }));

const asked = new Map<Side, string>();
const tables = new Map<string, Promise<Table>>();
const TABLES_KEPT = 200;

// Another address, another catalogue.
sides.subscribe((now, before) => {
  for (const side of ['source', 'target'] as const) if (now[side].url !== before[side].url) forget(side);
});

/** Looks unless it is known; resolves when an answer is there, good or bad. */
export async function look(side: Side, refresh = false): Promise<void> {
  const { url } = sides.getState()[side];
  if (url === '' || (asked.get(side) === url && !refresh)) return;
  if (refresh) tables.clear();
  asked.set(side, url);
  const tell = (looked: Looked) => {
    if (sides.getState()[side].url === url) catalogs.setState({ [side]: looked });
  };
  tell({ state: 'looking', before: seenIn(catalogs.getState()[side]) });
  try {
    const overview = await engine.call('inspect.overview', { endpoint: endpointOf(side), side, refresh });
    tell({ state: 'ready', overview });
  } catch (thrown) {
    asked.delete(side);
    tell({ state: 'failed', error: failureOf(thrown) });
  }
}

/** What can be shown of a side meanwhile. */
export function seenIn(looked: Looked): Overview | null {
  if (looked.state === 'ready') return looked.overview;
  return looked.state === 'looking' ? looked.before : null;
}

/** One table in detail; the last few hundred are kept. */
export function tableOf(side: Side, table: string): Promise<Table> {
  const key = `${side}\n${sides.getState()[side].url}\n${table}`;
  const known = tables.get(key);
  if (known) return known;
  const asking = engine.call('inspect.table', { endpoint: endpointOf(side), side, table });
  tables.set(key, asking);
  asking.catch(() => tables.delete(key));
  if (tables.size > TABLES_KEPT) tables.delete(tables.keys().next().value!);
  return asking;
}

export function sampleOf(side: Side, table: string, limit: number, signal: AbortSignal): Promise<SampleRows> {
  return engine.call('inspect.sample', { endpoint: endpointOf(side), side, table, limit, filter: null }, signal);
}

function forget(side: Side): void {
  asked.delete(side);
  catalogs.setState({ [side]: { state: 'none' } });
}
