// What runs have left in the target at hand that this machine's history does not know, and taking it away.

import { createStore } from 'zustand/vanilla';
import { assertNever, type DroverErrorData } from '../../../shared/errors.ts';
import type { Leftover } from '../../../shared/model/run.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { endpointOf } from './sides.ts';

/** take away: what is in staging. drop backups: what is kept of earlier tables. */
export type LeftoverDeed = 'take away' | 'drop backups';

export interface Leftovers {
  /** Newest first; null as long as the target has not told. */
  readonly found: readonly Leftover[] | null;
  /** Why the target could not tell. */
  readonly untold: DroverErrorData | null;
  /** What is asked about, in a dialog. */
  readonly asked: { readonly deed: LeftoverDeed; readonly leftover: Leftover } | null;
  readonly working: boolean;
  /** Why it could not be done. */
  readonly error: DroverErrorData | null;
}

const nothing: Leftovers = { found: null, untold: null, asked: null, working: false, error: null };

export const leftovers = createStore<Leftovers>(() => nothing);

/** What may be done here without the history of the run. */
export function deedFor({ state, inUse, tables }: Leftover): LeftoverDeed | null {
  if (inUse) return null;
  switch (state) {
    case 'staged':
      return 'take away';
    case 'published':
      return backupsIn(tables).length > 0 ? 'drop backups' : null;
    case 'half published':
    case 'kept aside':
      return null;
    default:
      return assertNever(state);
  }
}

/** Tables that were replaced, and what is remembered of those into which rows went. */
export function backupsIn(tables: Leftover['tables']): Leftover['tables'] {
  return tables.filter(({ place }) => place === 'backup' || place === 'added');
}

export async function findLeftovers(): Promise<void> {
  const target = endpointOf('target');
  leftovers.setState(nothing);
  const tell = (told: Partial<Leftovers>) => {
    // The answer of another target is no answer of this one.
    if (endpointOf('target').url === target.url) leftovers.setState(told);
  };
  try {
    const known = new Set((await engine.call('runs', {})).map(({ run }) => run));
    const all = await engine.call('target.runs', target);
    tell({ found: all.filter(({ run }) => !known.has(run)), untold: null });
  } catch (thrown) {
    tell({ untold: failureOf(thrown) });
  }
}

export function askAboutLeftover(deed: LeftoverDeed, leftover: Leftover): void {
  leftovers.setState({ asked: { deed, leftover }, error: null });
}

export function putOffLeftover(): void {
  if (!leftovers.getState().working) leftovers.setState({ asked: null, error: null });
}

export async function carryOut(deed: LeftoverDeed, { run }: Leftover): Promise<void> {
  if (leftovers.getState().working) return;
  leftovers.setState({ working: true, error: null });
  const call = deed === 'take away' ? 'target.rollback' : 'target.clean';
  try {
    await engine.call(call, { run, target: endpointOf('target'), consent: 'screens' });
  } catch (thrown) {
    leftovers.setState({ working: false, error: failureOf(thrown) });
    return;
  }
  await findLeftovers();
}
