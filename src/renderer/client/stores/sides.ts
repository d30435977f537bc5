// The two databases of the migration at hand: their addresses and what a test of each said. Never a password.

import { createStore } from 'zustand/vanilla';
import type { CallOutput, Endpoint, Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';

export type TestResult = CallOutput<'connect.test'>;

export type Tested =
  | { readonly state: 'untested' }
  | { readonly state: 'testing' }
  | { readonly state: 'ok'; readonly result: TestResult }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

export interface SideState {
  /** '' until one is given. */
  readonly url: string;
  readonly tested: Tested;
}

export type Sides = Readonly<Record<Side, SideState>>;

const untested: SideState = { url: '', tested: { state: 'untested' } };

export const sides = createStore<Sides>(() => ({ source: untested, target: untested }));

export function setUrl(side: Side, url: string): void {
  if (sides.getState()[side].url === url) return;
  sides.setState({ [side]: { url, tested: { state: 'untested' } } });
}

export function resetSides(urls: Readonly<Record<Side, string>> = { source: '', target: '' }): void {
  sides.setState({
    source: { url: urls.source, tested: { state: 'untested' } },
    target: { url: urls.target, tested: { state: 'untested' } },
  });
}

/** The host adds the password it keeps. */
export function endpointOf(side: Side): Endpoint {
  return { url: sides.getState()[side].url, password: null };
}

export async function testSide(side: Side): Promise<boolean> {
  const { url } = sides.getState()[side];
  const tell = (tested: Tested) => {
    // The answer to an older question is no answer to this one.
    if (sides.getState()[side].url === url) sides.setState({ [side]: { url, tested } });
  };
  tell({ state: 'testing' });
  try {
    tell({ state: 'ok', result: await engine.call('connect.test', { ...endpointOf(side), side }) });
    return true;
  } catch (thrown) {
    tell({ state: 'failed', error: failureOf(thrown) });
    return false;
  }
}
