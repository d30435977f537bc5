// A run of the history by its name, or by the beginning of its name.

import { DroverError } from '../shared/errors.ts';
import type { RunSummary } from '../shared/model/run.ts';
import type { Context } from './context.ts';

/** Throws `run.no-such-run`. "last" is the newest. */
export async function knownRun({ host }: Context, name: string): Promise<RunSummary> {
  const runs = await host.call('runs', {});
  const found = name === 'last' ? runs.slice(0, 1) : runs.filter(({ run }) => run.startsWith(name));
  const [run, ...others] = found;
  if (run && others.length === 0) return run;
  throw new DroverError(
    'run.no-such-run',
    run ? `More than one run begins with ${name}.` : `There is no run ${name}.`,
    { hint: 'See the list of runs with: drover runs' },
  );
}

/** With its records: a history without them can do no more than none. */
export async function isRemembered({ host }: Context, run: string): Promise<boolean> {
  if (!(await host.call('runs', {})).some((each) => each.run === run)) return false;
  return host.call('run.intent', { run }).then(
    () => true,
    () => false,
  );
}
