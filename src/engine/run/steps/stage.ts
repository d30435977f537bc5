// Stage: a namespace of this run in the target, with control row, ledger and the empty tables.

import { many } from '../../../shared/format.ts';
import { need, type RunContext } from '../job.ts';
import { movingTables, orLeaveOut } from '../left-out.ts';
import { livePublisher } from '../reconnect.ts';
import type { Step } from '../saga.ts';

export const stage: Step<RunContext> = {
  name: 'stage',

  async act(context) {
    const { job, made } = context;
    const publisher = need(made.publisher, 'publisher');
    await publisher.createStaging();
    const { ddl } = job.target.dialect;
    for (const table of inOrder(job.plan)) {
      const create = table.merge ? ddl.createAlike : ddl.create;
      await orLeaveOut(context, table, 'stage', () =>
        publisher.session.execute(create(table.target, job.plan.target, job.identity)),
      );
    }
    return many(movingTables(context).length, 'empty table');
  },

  async compensate(context) {
    // A reader or writer still connected could hold a lock on what is to be dropped.
    await context.made.executor?.release('target').catch(() => undefined);
    await (await livePublisher(context)).dropStaging();
  },
};

/** Parents first, for databases that take foreign keys only when a table is made. */
function inOrder(plan: RunContext['job']['plan']): RunContext['job']['plan']['tables'] {
  const place = new Map(plan.order.flat().map((source, position) => [source, position]));
  return [...plan.tables].sort((a, b) => (place.get(a.source) ?? 0) - (place.get(b.source) ?? 0));
}
