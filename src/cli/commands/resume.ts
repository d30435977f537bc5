// `drover resume [run]` and `drover publish <run>`: go on with a run from where the target says that it stands.

import { DroverError } from '../../shared/errors.ts';
import { access } from '../access.ts';
import { type Context, withContext } from '../context.ts';
import { standingLine } from '../display/history.ts';
import { conclude } from '../execute.ts';
import type { ExitStatus } from '../exit.ts';
import { knownRun } from '../known-run.ts';
import { isOpen } from '../standings.ts';
import { watch } from '../watching.ts';

export interface ResumeOptions {
  readonly takeOver?: boolean;
  readonly json?: boolean;
}

export function resume(run: string | undefined, { takeOver, json }: ResumeOptions): Promise<ExitStatus> {
  return withContext(json === true, async (context) =>
    again(context, run ?? (await onlyInterrupted(context)), { takeOver: takeOver === true, publish: false }),
  );
}

export function publish(run: string, { json }: { readonly json?: boolean }): Promise<ExitStatus> {
  return withContext(json === true, (context) => again(context, run, { takeOver: false, publish: true }));
}

async function again(
  context: Context,
  name: string,
  how: { readonly takeOver: boolean; readonly publish: boolean },
): Promise<ExitStatus> {
  const found = await knownRun(context, name);
  const source = await access(context, 'source', found.source);
  const target = await access(context, 'target', found.target);
  const input = { run: found.run, source, target, ...how };
  if (isOpen(found)) {
    const told = await context.host.call('run.standing', { run: found.run, target });
    context.terminal.say(standingLine(told));
  }
  return conclude(
    context,
    null,
    await watch(context, {
      title: { source: found.source, target: found.target },
      tables: [],
      stream: (signal) => context.host.stream('run.again', input, signal),
    }),
  );
}

/** Where there are several somebody must say which. */
async function onlyInterrupted({ host }: Context): Promise<string> {
  const runs = await host.call('runs', {});
  const open = runs.filter(({ state }) => state === 'interrupted' || state === 'unknown');
  const [first, ...others] = open;
  if (first && others.length === 0) return first.run;
  const [held] = runs.filter(({ state }) => state === 'held');
  if (!first && held) {
    throw new DroverError('run.no-such-run', `No run was interrupted. Run ${held.run} (${held.project}) is held.`, {
      cause: 'All of it is loaded and verified; it waits to be published.',
      hint: 'Let it go.',
      command: `drover publish ${held.run}`,
    });
  }
  throw new DroverError(
    'run.no-such-run',
    first ? 'More than one run was interrupted.' : 'No run on this machine was interrupted.',
    {
      cause: open.map(({ run, project }) => `${run} (${project})`).join(', ') || null,
      hint: 'See them with `drover runs`, then name one.',
    },
  );
}
