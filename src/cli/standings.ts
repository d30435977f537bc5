// Where runs stand that wait for somebody, as their targets say: asked of all at once, of none for long, and no password.

import type { RunSummary, Standing } from '../shared/model/run.ts';
import { knownAccess } from './access.ts';
import type { Context } from './context.ts';

/** Nobody wants to wait for a list because of a server that is switched off. */
const PATIENCE_MS = 5_000;

/** By run; `untold` is why a target could not say. Runs that wait for nobody are left out. */
export async function standingsOf(
  context: Context,
  runs: readonly RunSummary[],
): Promise<ReadonlyMap<string, Standing | { readonly untold: string }>> {
  const open = runs.filter(isOpen);
  return new Map(
    await Promise.all(
      open.map(async ({ run, target }) => {
        const { url, password } = knownAccess(context, 'target', target);
        const input = { run, target: { url, password } };
        const told = context.host.call('run.standing', input);
        const late = new Promise<{ readonly untold: string }>((resolve) => {
          setTimeout(() => resolve({ untold: 'It has not answered yet.' }), PATIENCE_MS).unref();
        });
        const answer = await Promise.race([told, late]).catch((error: Error) => ({ untold: error.message }));
        return [run, answer] as const;
      }),
    ),
  );
}

/** Nobody carries it out, and it is neither published nor gone. */
export function isOpen({ state }: RunSummary): boolean {
  return state === 'held' || state === 'interrupted' || state === 'unknown';
}
