// The desk: settings, recent projects, saved connections.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Desk, SavedConnection, Settings } from '../../../shared/model/desk.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';

export interface DeskState {
  /** null until it was read. */
  readonly desk: Desk | null;
  readonly error: DroverErrorData | null;
}

export const deskStore = createStore<DeskState>(() => ({ desk: null, error: null }));

export async function readDesk(): Promise<void> {
  try {
    deskStore.setState({ desk: await engine.call('desk', {}), error: null });
  } catch (thrown) {
    deskStore.setState({ error: failureOf(thrown) });
  }
}

/** Shown at once, then kept. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const { desk } = deskStore.getState();
  if (desk) deskStore.setState({ desk: { ...desk, settings: { ...desk.settings, ...change } } });
  try {
    await engine.call('desk.settings', change);
  } catch (thrown) {
    deskStore.setState({ error: failureOf(thrown) });
  }
}

export async function saveConnections(connections: readonly SavedConnection[]): Promise<void> {
  try {
    const kept = await engine.call('desk.connections', { connections: [...connections] });
    const { desk } = deskStore.getState();
    if (desk) deskStore.setState({ desk: { ...desk, connections: kept } });
  } catch (thrown) {
    deskStore.setState({ error: failureOf(thrown) });
  }
}

export async function forgetProject(path: string): Promise<void> {
  await engine.call('desk.forget', { path });
  await readDesk();
}
