// Publish: the new tables take the place of the old ones, all at once, and the old ones are kept.

import type { Move } from '../../dialects/dialect.ts';
import { need, type RunContext } from '../job.ts';
import type { Step } from '../saga.ts';

export const publish: Step<RunContext> = {
  name: 'publish',

  async act(context) {
    const { made } = context;
    const executor = need(made.executor, 'executor');
    // Open readers and their snapshots would make the exchange wait for Drover itself.
    await executor.release('target');
    await executor.release('source');
    await need(made.publisher, 'publisher').publish(movesOf(context));
    made.published = true;
    return context.job.target.capabilities.publish;
  },

  async compensate(context) {
    const publisher = need(context.made.publisher, 'publisher');
    // The statement may have succeeded without its answer arriving: the target knows.
    if ((await publisher.state()) === 'published') await publisher.unpublish(movesOf(context));
    context.made.published = false;
  },
};

function movesOf({ job }: RunContext): Move[] {
  return job.plan.tables.map((table) => ({ table: table.target.name, replaces: table.existing !== null }));
}
