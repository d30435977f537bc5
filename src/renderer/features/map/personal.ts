// Columns that seem to hold data about persons, and what would hide it: asked of the source.

import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { MaskingSuggestion, PersonalMark } from '../../../shared/model/column-profile.ts';
import type { TableMapping } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { endpointOf, sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { readsFrom } from './model/uses.ts';

interface Personal {
  /** By table of the source. */
  readonly marks: ReadonlyMap<string, readonly PersonalMark[]>;
}

const personal = createStore<Personal>(() => ({ marks: new Map() }));

sides.subscribe((now, before) => {
  if (now.source.url !== before.source.url) personal.setState({ marks: new Map() });
});

const none: readonly PersonalMark[] = [];

/** Of the columns that a mapping reads; views and SELECTs have none. */
export function useMarks(mapping: TableMapping): readonly PersonalMark[] {
  const table = readsFrom(mapping);
  useEffect(() => {
    if (table !== null) void askMarks(table);
  }, [table]);
  return useFrom(personal, ({ marks }) => (table === null ? none : (marks.get(table) ?? none)));
}

/** By their names; no value is read. */
async function askMarks(table: string): Promise<void> {
  if (personal.getState().marks.has(table)) return;
  const { url } = sides.getState().source;
  try {
    const found = await engine.call('inspect.personal', { endpoint: endpointOf('source'), side: 'source', table });
    if (sides.getState().source.url !== url) return;
    personal.setState(({ marks }) => ({ marks: new Map(marks).set(table, found) }));
  } catch {
    // Views have none, and what is wrong with a table is told where it is read.
  }
}

/** From the column's profile, which knows whether its values must stay different. Aborting stops the source, too. */
export async function askSuggestions(
  table: string,
  column: string,
  signal: AbortSignal,
): Promise<{ readonly suggestions: readonly MaskingSuggestion[] } | { readonly error: DroverErrorData }> {
  try {
    const input = { endpoint: endpointOf('source'), side: 'source', table, columns: [column], rows: null } as const;
    for await (const { suggestions } of engine.stream('inspect.profile', { ...input, columns: [column] }, signal)) {
      return { suggestions };
    }
    return { suggestions: [] };
  } catch (thrown) {
    return { error: failureOf(thrown) };
  }
}
