// Take over: the target says that the run is published, and whoever published it is gone. What is left is to say so.

import { need, type RunContext, tellTable } from '../job.ts';
import type { Step } from '../saga.ts';
import { readVerified, restore } from '../verified.ts';

export const takeOver: Step<RunContext> = {
  name: 'publish',
  uncancellable: true,

  async act(context) {
    const { job, made, artifacts } = context;
    made.publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
    await made.publisher.endLeftovers();
    await made.publisher.lock();
    // Raises the epoch, and keeps what is published.
    await made.publisher.reclaim();
    const evidence = need(await readVerified(artifacts.folder), 'evidence of the verification');
    restore(made, evidence);
    for (const table of evidence.tables) {
      const planned = job.plan.tables.find(({ source }) => source === table.source);
      const amount = { rows: table.targetRows, bytes: table.bytes };
      for (const phase of ['loaded', 'verified'] as const) if (planned) tellTable(context, planned, phase, amount);
    }
    made.published = true;
    return 'published before the interruption';
  },
};
