// Recheck: what was verified and then waited is read once more in staging; the source has no part in it any more.

import { DroverError } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { TableReport } from '../../../shared/model/report.ts';
import { createExecutor } from '../../pipeline/executor.ts';
import { tableWork } from '../../pipeline/table-work.ts';
import { parallel } from '../../support/parallel.ts';
import { need, type RunContext, tellTable } from '../job.ts';
import { movingTables } from '../left-out.ts';
import { publicationOf } from '../publication.ts';
import { livePublisher } from '../reconnect.ts';
import type { Step } from '../saga.ts';
import { readVerified, restore } from '../verified.ts';

const WORKERS = 2;

export const recheck: Step<RunContext> = {
  name: 'verify',

  async act(context) {
    const { job, made, artifacts, control, signal } = context;
    const { dialect, access } = job.target;
    const publisher = await dialect.openPublisher(access, job.identity);
    made.publisher = publisher;
    await publisher.endLeftovers();
    await publisher.lock();
    await publisher.createStaging();
    const evidence = need(await readVerified(artifacts.folder), 'evidence of the verification');
    restore(made, evidence);
    if ((await publisher.state()) === 'half published') await publisher.unpublish(publicationOf(movingTables(context)));
    await unchanged(context);

    made.workers = Math.min(job.options.workers ?? WORKERS, Math.max(1, evidence.tables.length));
    const executor = createExecutor(job.workerUrl, made.workers);
    made.executor = executor;
    control.attach(executor);
    signal.addEventListener('abort', () => executor.cancel());
    // The source may be gone for good: nothing is asked of it.
    await executor.open({ source: access, target: access, run: job.identity, token: null });
    await parallel(
      evidence.tables,
      made.workers,
      (table) => compare(context, table),
      () => executor.cancel(),
    );
    return `${many(evidence.tables.length, 'table')} as they were verified`;
  },

  async compensate(context) {
    await context.made.executor?.close();
    const publisher = await livePublisher(context);
    await publisher.dropStaging();
    await publisher.close();
  },
};

/** The structure of the target's own tables, into whose places the new ones go. */
async function unchanged({ job, made }: RunContext): Promise<void> {
  const catalog = await need(made.publisher, 'publisher').session.inspect();
  if (catalog.fingerprint === job.plan.targetFingerprint) return;
  throw new DroverError('run.source-changed', 'The structure of the target changed since the plan was made.', {
    hint: 'Roll this run back, make the plan again, and look at what is different.',
    command: `drover rollback ${job.identity.id}`,
    where: { side: 'target' },
  });
}

async function compare(context: RunContext, evidence: TableReport): Promise<void> {
  const { job, made } = context;
  const table = job.plan.tables.find(({ source }) => source === evidence.source);
  if (!table) return;
  // Against that it is measured how far the comparison is.
  tellTable(context, table, 'loaded', { rows: evidence.targetRows, bytes: evidence.bytes });
  const now = await need(made.executor, 'executor').run(
    { kind: 'digest', work: tableWork(job, table, job.identity), side: 'target' },
    { progress: (progress) => tellTable(context, table, 'verifying', progress) },
  );
  if (now.rows === evidence.targetRows && now.sum === evidence.targetDigest) {
    tellTable(context, table, 'verified', { rows: now.rows, bytes: now.bytes });
    return;
  }
  tellTable(context, table, 'different', { rows: now.rows, bytes: now.bytes });
  throw new DroverError('verify.different', `The staged ${evidence.target} is no longer as it was verified.`, {
    cause: `${many(evidence.targetRows, 'row')} then, ${many(now.rows, 'row')} now.`,
    hint: 'Somebody wrote into the staging tables of this run. Roll it back, and run again.',
    where: { side: 'target', table: evidence.target },
  });
}
