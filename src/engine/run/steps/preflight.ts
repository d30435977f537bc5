// Preflight: both sides are as the plan saw them, the privileges are there, and nobody else works on the target.

import { DroverError } from '../../../shared/errors.ts';
import { feedsOf } from '../../../shared/feeds.ts';
import { list, many } from '../../../shared/format.ts';
import { isReplaced } from '../../../shared/merging-words.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import type { MissingPrivilege, Session } from '../../dialects/session.ts';
import type { Job, JobSide, RunContext } from '../job.ts';
import { contentsBefore } from '../rehearsal.ts';
import type { Step } from '../saga.ts';

export const preflight: Step<RunContext> = {
  name: 'preflight',

  async act(context) {
    const { job, made } = context;
    refuseBlockers(job);
    await withSession(job.source, 'source', async (session) => {
      const catalog = await unchanged(session, job, 'source');
      made.sourceTables = catalog.tables.map((table) => table.name);
      await privileged(
        session,
        'read',
        job.plan.tables.flatMap(feedsOf).flatMap(({ reads }) => reads),
      );
    });
    await withSession(job.target, 'target', async (session) => {
      await unchanged(session, job, 'target');
      await privileged(
        session,
        'load',
        job.plan.tables.filter(isReplaced).map((table) => table.target.name),
      );
      // Rows that are hidden would be counted by nobody.
      const taking = job.plan.tables.filter(({ merge }) => merge !== null).map((table) => table.target.name);
      if (taking.length > 0) await privileged(session, 'read', taking, 'target');
    });
    made.publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
    // Whoever had it before may be asleep with the lock in its hands, and nothing in the target yet.
    if (job.identity.epoch > 1) await made.publisher.endLeftovers();
    await made.publisher.lock();
    if (job.options.rehearse) made.before = await contentsBefore(context);
    return `${many(job.plan.tables.length, 'table')} as planned`;
  },

  async compensate({ made }) {
    // It may be lost already, and its lock with it.
    await made.publisher?.close().catch(() => undefined);
    made.publisher = null;
  },
};

function refuseBlockers({ plan }: Job): void {
  const blockers = plan.findings.filter((finding) => finding.severity === 'blocker');
  const [first] = blockers;
  if (!first) return;
  const full = blockers.filter(({ code }) => code === 'plan.target-has-rows');
  if (full.length > 0) throw hasRows(full);
  const collision = blockers.find(({ code }) => code === 'map.name-collision');
  const hint = (collision ?? first).remedies[0]?.text ?? 'See them all with: drover plan';
  if (collision) throw new DroverError('map.name-collision', collision.message, { hint, where: { side: 'project' } });
  throw new DroverError('plan.blocked', `The plan has ${many(blockers.length, 'blocker')}: ${first.message}`, { hint });
}

function hasRows(full: readonly Finding[]): DroverError {
  const names = full.flatMap(({ place }) => place.table ?? []);
  const message =
    full.length === 1
      ? full[0]!.message
      : `The target has ${full.length} of the tables, with rows in them: ${list(names, 12)}.`;
  return new DroverError('plan.target-has-rows', message, {
    hint: 'Choose --mode replace to put the new tables in their place and keep the old ones as a backup, or choose an empty target.',
    where: { side: 'target', ...(full.length === 1 ? { table: names[0] } : {}) },
  });
}

async function withSession(
  side: JobSide,
  role: 'source' | 'target',
  use: (session: Session) => Promise<void>,
): Promise<void> {
  const dialect: Dialect = side.dialect;
  const session = await dialect.connect(side.access, { role });
  try {
    await use(session);
  } finally {
    await session.close();
  }
}

async function unchanged(
  session: Session,
  { plan, identity: { id, epoch } }: Job,
  side: 'source' | 'target',
): Promise<Catalog> {
  const catalog = await session.inspect();
  if (catalog.fingerprint === (side === 'source' ? plan.sourceFingerprint : plan.targetFingerprint)) return catalog;
  // What was taken up again can't go on by another plan.
  const again = epoch > 1;
  throw new DroverError('run.source-changed', `The structure of the ${side} changed since the plan was made.`, {
    hint: `${again ? 'Roll this run back, make' : 'Make'} the plan again, and look at what is different.`,
    ...(again ? { command: `drover rollback ${id}` } : {}),
    where: { side },
  });
}

async function privileged(
  session: Session,
  use: 'read' | 'load',
  tables: readonly string[],
  side: 'source' | 'target' = use === 'read' ? 'source' : 'target',
): Promise<void> {
  const missing: readonly MissingPrivilege[] = await session.missingPrivileges(use, tables);
  const first = missing[0];
  if (!first) return;
  throw new DroverError('connect.no-privilege', first.message, {
    cause:
      missing.length > 1
        ? missing
            .slice(1)
            .map((each) => each.message)
            .join(' ')
        : null,
    hint: first.remedy,
    where: { side },
  });
}
