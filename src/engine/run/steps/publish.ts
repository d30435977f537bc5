// Publish: the new tables take the place of the old ones, all at once, and the old ones are kept.

import { DroverError } from '../../../shared/errors.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Move } from '../../dialects/dialect.ts';
import { dependantsOf } from '../dependants.ts';
import { need, type RunContext } from '../job.ts';
import { livePublisher } from '../reconnect.ts';
import type { Step } from '../saga.ts';

export const publish: Step<RunContext> = {
  name: 'publish',

  async act(context) {
    const { made } = context;
    const executor = need(made.executor, 'executor');
    // Open readers and their snapshots would make the exchange wait for Drover itself.
    await executor.release('target');
    await executor.release('source');
    const publisher = need(made.publisher, 'publisher');
    refuseNewDependants(context, await publisher.session.inspect());
    await publisher.publish(movesOf(context), context.signal);
    made.published = true;
    return context.job.target.capabilities.publish;
  },

  async compensate(context) {
    const publisher = await livePublisher(context);
    // The statement may have succeeded without its answer arriving: the target knows.
    if ((await publisher.state()) === 'published') await publisher.unpublish(movesOf(context));
    context.made.published = false;
  },
};

/** A view or foreign key made while the run was loading would silently stay with the old table. */
function refuseNewDependants({ job, made }: RunContext, catalog: Catalog): void {
  const now = dependantsOf(job, catalog);
  if (now === made.dependants) return;
  throw new DroverError(
    'run.source-changed',
    'Something was made or dropped on a table of the target that is to be replaced.',
    {
      cause: `Now: ${now || 'nothing'}. Before: ${made.dependants || 'nothing'}.`,
      hint: 'Make the plan again and look at what is different.',
      where: { side: 'target' },
    },
  );
}

function movesOf({ job }: RunContext): Move[] {
  return job.plan.tables.map((table) => ({ table: table.target.name, replaces: table.existing !== null }));
}
