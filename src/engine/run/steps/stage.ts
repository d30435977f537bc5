// Stage: a namespace of this run in the target, with control row, ledger and the empty tables.

import { many } from '../../../shared/format.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import { need, type RunContext } from '../job.ts';
import { movingTables, orLeaveOut } from '../left-out.ts';
import { publicationOf } from '../publication.ts';
import { livePublisher } from '../reconnect.ts';
import type { Step } from '../saga.ts';
import { createStaged } from '../staged.ts';

export const stage: Step<RunContext> = {
  name: 'stage',

  async act(context) {
    const { job, made } = context;
    const publisher = need(made.publisher, 'publisher');
    await publisher.createStaging();
    if (job.standing === 'staged') await findKept(context);
    const missing = inOrder(job.plan).filter(({ target }) => !made.kept.has(target.name));
    for (const table of missing) await orLeaveOut(context, table, 'stage', () => createStaged(context, table));
    const empty = many(movingTables(context).length - made.kept.size, 'empty table');
    return made.kept.size === 0 ? empty : `${many(made.kept.size, 'table')} with rows from before, ${empty}`;
  },

  async compensate(context) {
    // A reader or writer still connected could hold a lock on what is to be dropped.
    await context.made.executor?.release('target').catch(() => undefined);
    await (await livePublisher(context)).dropStaging();
  },
};

/** Staged tables of which the ledger knows a chunk; the others are made anew, whatever was begun of them. */
async function findKept(context: RunContext): Promise<void> {
  const { made, artifacts } = context;
  const publisher = need(made.publisher, 'publisher');
  if ((await publisher.state()) === 'half published') await publisher.unpublish(publicationOf(movingTables(context)));
  // Whoever checks the chunks tells their rows in quarantine once more.
  await artifacts.forgetQuarantine();
  const standing = new Set(await publisher.tablesIn('staging'));
  for (const [table, chunks] of Map.groupBy(await publisher.ledger(), ({ table }) => table)) {
    if (standing.has(table)) made.kept.set(table, chunks);
  }
}

/** Parents first, for databases that take foreign keys only when a table is made. */
function inOrder(plan: RunContext['job']['plan']): readonly TablePlan[] {
  const place = new Map(plan.order.flat().map((source, position) => [source, position]));
  return [...plan.tables].sort((a, b) => (place.get(a.source) ?? 0) - (place.get(b.source) ?? 0));
}
