// The one engine of this page.

import { createClient, type Line } from './client.ts';
import { dial } from './dial.ts';

export const engine = createClient(dial);

/** The engine can't be asked, and nothing that is on the screen is known to be so still. */
export function isLost({ state }: Line): boolean {
  return state === 'lost' || state === 'refused';
}
