// What hangs on the tables that a run replaces, looked at once more when they are: it may be other than it was planned.

import { DroverError } from '../../shared/errors.ts';
import { list } from '../../shared/format.ts';
import { isReplaced } from '../../shared/merging-words.ts';
import type { Dependant } from '../../shared/model/catalog.ts';
import { dependantWords, fateOf } from '../dialects/carrying.ts';
import { nameKey } from '../dialects/names.ts';
import type { Dependants, Publisher } from '../dialects/publishing.ts';
import { standingShape } from '../dialects/standing-shape.ts';
import type { RunContext } from './job.ts';
import { movingTables } from './left-out.ts';

/** What can't be made anew on the new table would silently stay with the old one. Throws `run.source-changed`. */
export function refuseStuck(context: RunContext, dependants: Dependants): void {
  const { capabilities } = context.job.target;
  const key = (name: string): string => nameKey(name, capabilities);
  const replaced = new Map(
    movingTables(context)
      .filter(isReplaced)
      .map(({ target }) => [key(target.name), target]),
  );
  const moves = (name: string): boolean => replaced.has(key(name));
  const stuck = [...dependants].flatMap(([name, all]) => {
    const table = replaced.get(key(name));
    if (!table) return [];
    return all.filter(notOwn(context)).flatMap((dependant) => {
      const fate = fateOf(dependant, table, capabilities, moves);
      return fate.kind === 'stuck' ? [`${name}: ${dependantWords(dependant)}${reason(fate.why)}`] : [];
    });
  });
  if (stuck.length === 0) return;
  throw new DroverError('run.source-changed', 'Something was made on a table of the target that is to be replaced.', {
    cause: `It would stay with the old table: ${stuck.join('; ')}.`,
    hint: 'Make the plan again and look at what is different.',
    where: { side: 'target' },
  });
}

/** Rows go into tables as the plan saw them, or not at all: columns, keys and triggers count. Throws `run.source-changed`. */
export async function refuseOtherShape(context: RunContext, { session }: Pick<Publisher, 'session'>): Promise<void> {
  const catalog = await session.inspect();
  const tables = movingTables(context);
  const made = new Set(tables.filter(({ merge }) => merge === null).map(({ target }) => target.name));
  const other = tables.filter(
    ({ target, merge }) => merge?.refills && merge.shape !== standingShape(target.name, catalog, made),
  );
  if (other.length === 0) return;
  throw new DroverError(
    'run.source-changed',
    'Tables of the target are no longer as they were when the plan was made.',
    {
      cause: `Columns, keys or triggers are others: ${list(other.map(({ target }) => target.name))}.`,
      hint: 'Roll this run back, make the plan again, and look at what is different.',
      where: { side: 'target' },
    },
  );
}

/** What the run itself has made in the target. */
function notOwn({ job }: RunContext): (dependant: Dependant) => boolean {
  return ({ name }) => !name.includes(job.identity.id);
}

function reason(why: string | null): string {
  return why === null ? '' : ` (${why})`;
}
