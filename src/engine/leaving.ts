// Leaving: what runs have left in a target, for calls that know nothing but its address.

import type { CallHandlers, Open } from './handlers.ts';
import { dropBackupsOf, dropLeftover, leftoversIn } from './run/leftovers.ts';
import { withStore } from './run/store/store.ts';

type Leaving = Pick<CallHandlers, 'target.runs' | 'target.rollback' | 'target.clean'>;

export function leavingCalls(open: Open, home: string): Leaving {
  return {
    'target.runs': async (endpoint) => leftoversIn(await open(endpoint)),
    'target.rollback': async ({ run, target, consent }) => {
      const dropped = await dropLeftover(run, await open(target), { home, consent });
      // Where the history knows of it, only the records were lost.
      await withStore(home, (store) => store.restate(run, 'rolled back'));
      return dropped;
    },
    'target.clean': async ({ run, target, consent }) => dropBackupsOf(run, await open(target), { home, consent }),
  };
}
