// Where the password of a URL is kept, as the host says; the password itself passes through and stays nowhere here.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { SecretState } from '../../../shared/model/desk.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';

export interface Kept {
  /** null until the host has answered. */
  readonly state: SecretState | null;
  readonly error: DroverErrorData | null;
}

/** By URL without password. */
export const secrets = createStore<Readonly<Record<string, Kept>>>(() => ({}));

const pending = new Set<Promise<void>>();

export function readSecret(url: string): Promise<void> {
  return ask(url, () => engine.call('secrets.state', { url }));
}

export function keepSecret(url: string, secret: string, remember: boolean): Promise<void> {
  return ask(url, () => engine.call('secrets.keep', { url, secret, remember }));
}

/** The form changed how a login is reached; what opens it stays. */
export function carrySecret(from: string, to: string): Promise<void> {
  return ask(to, () => engine.call('secrets.carry', { from, to }));
}

export function forgetSecret(url: string): Promise<void> {
  return ask(url, () => engine.call('secrets.forget', { url }));
}

/** Resolves when the host has whatever was given to it. */
export async function secretsSettled(): Promise<void> {
  await Promise.all(pending);
}

function ask(url: string, question: () => Promise<SecretState>): Promise<void> {
  const asked = take(url, question);
  pending.add(asked);
  return asked.finally(() => pending.delete(asked));
}

async function take(url: string, question: () => Promise<SecretState>): Promise<void> {
  try {
    const state = await question();
    secrets.setState({ [url]: { state, error: null } });
  } catch (thrown) {
    const known = secrets.getState()[url];
    secrets.setState({ [url]: { state: known?.state ?? null, error: failureOf(thrown) } });
  }
}
