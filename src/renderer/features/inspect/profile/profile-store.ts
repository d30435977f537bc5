// Profiles that were asked for, by side, table and column, and the marks of personal data: until a database is looked at anew.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../../shared/contract.ts';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { ColumnProfile, PersonalMark } from '../../../../shared/model/column-profile.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { endpointOf } from '../../../client/stores/sides.ts';

export type ProfilesOfTable = Readonly<Record<string, ColumnProfile>>;

interface Profiles {
  /** By side and table, then by column. */
  readonly known: Readonly<Record<string, ProfilesOfTable>>;
  /** Marks by name, by side and table. */
  readonly marks: Readonly<Record<string, readonly PersonalMark[]>>;
  /** The column that is shown, by side and table. */
  readonly chosen: Readonly<Record<string, string>>;
}

const NOTHING: Profiles = { known: {}, marks: {}, chosen: {} };

export const profiles = createStore<Profiles>(() => NOTHING);

export const profileKey = (side: Side, table: string): string => `${side}\n${table}`;

// What was seen of another database, or before the last look, is not so any more.
catalogs.subscribe((now, before) => {
  if (now.source !== before.source || now.target !== before.target) profiles.setState(NOTHING);
});

export function chooseColumn(side: Side, table: string, column: string): void {
  profiles.setState(({ chosen }) => ({ chosen: { ...chosen, [profileKey(side, table)]: column } }));
}

/** Asks about these columns, one after the other, unless they are known; null is all. Aborting stops the database, too. */
export async function ask(
  side: Side,
  table: string,
  columns: readonly string[] | null,
  signal: AbortSignal,
): Promise<DroverErrorData | null> {
  const key = profileKey(side, table);
  const before = catalogs.getState()[side];
  try {
    const input = { endpoint: endpointOf(side), side, table, columns: columns ? [...columns] : null, rows: null };
    for await (const profile of engine.stream('inspect.profile', input, signal)) {
      if (signal.aborted || catalogs.getState()[side] !== before) return null;
      profiles.setState(({ known }) => ({
        known: { ...known, [key]: { ...known[key], [profile.column]: profile } },
      }));
    }
    return null;
  } catch (thrown) {
    return signal.aborted ? null : failureOf(thrown);
  }
}

/** Marks by name need no values, so they are asked for with the table. */
export async function askMarks(side: Side, table: string): Promise<void> {
  const key = profileKey(side, table);
  if (profiles.getState().marks[key]) return;
  try {
    const found = await engine.call('inspect.personal', { endpoint: endpointOf(side), side, table });
    profiles.setState(({ marks }) => ({ marks: { ...marks, [key]: found } }));
  } catch {
    // The table itself tells what is wrong.
  }
}

/** Those of the profile where there is one: it has seen the values, too. */
export function marksOf(
  column: string,
  named: readonly PersonalMark[] | undefined,
  known: ProfilesOfTable | undefined,
): readonly PersonalMark[] {
  return known?.[column]?.personal ?? (named ?? []).filter((mark) => mark.column === column);
}
