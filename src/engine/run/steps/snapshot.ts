// Snapshot: one consistent view of the source, which every worker's reader has joined before the first row is read.

import { feedsOf } from '../../../shared/feeds.ts';
import { createExecutor } from '../../pipeline/executor.ts';
import type { Job, Made, RunContext } from '../job.ts';
import type { Step } from '../saga.ts';

const DEFAULT_WORKERS = 2;

export const snapshot: Step<RunContext> = {
  name: 'snapshot',

  async act({ job, made, artifacts, control, signal }) {
    const { source, target } = job;
    const wished = job.options.workers ?? DEFAULT_WORKERS;
    const readers = Math.min(wished, source.capabilities.readers ?? wished);
    const hold = await source.dialect.holdSnapshot(source.access, tablesRead(job, made), {
      readers,
      folder: artifacts.folder,
    });
    made.snapshot = hold;
    made.workers = Math.min(readers, hold.readers);
    const executor = createExecutor(job.workerUrl, made.workers);
    made.executor = executor;
    control.attach(executor);
    signal.addEventListener('abort', () => executor.cancel());
    await executor.open({ source: source.access, target: target.access, run: job.identity, token: hold.token });
    await hold.joined();
    return hold.method;
  },

  async compensate({ made }) {
    await made.executor?.close();
    made.executor = null;
    await made.snapshot?.release();
    made.snapshot = null;
  },
};

/** All tables where a SELECT or a view may read any of them. */
function tablesRead({ plan }: Job, { sourceTables }: Made): readonly string[] {
  const reads = plan.tables.flatMap(feedsOf).map((feed) => feed.reads);
  return reads.some((names) => names.length === 0) ? sourceTables : [...new Set(reads.flat())];
}
