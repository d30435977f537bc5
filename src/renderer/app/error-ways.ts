// Where an error leads from any screen: one of a connection, to Connect.

import type { DroverErrorData } from '../../shared/errors.ts';
import { go, navigation } from '../client/stores/navigation.ts';
import type { ErrorWay } from '../ui/state/error-way.ts';

export function wayFrom({ code }: DroverErrorData): ErrorWay | null {
  const { at } = navigation.getState().place;
  // Plan names the ways out of its own errors.
  if (at === 'connect' || at === 'plan' || !code.startsWith('connect.')) return null;
  return { words: 'Go to Connect', go: () => go({ at: 'connect' }) };
}
