// Index: everything that is better built on loaded tables: keys, indexes, checks, identities, then foreign keys.

import { at, DroverError } from '../../../shared/errors.ts';
import { estimateOf } from '../../../shared/feeds.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import type { Session } from '../../dialects/session.ts';
import { asDroverError } from '../../support/failure.ts';
import { parallel } from '../../support/parallel.ts';
import { withFeedHint } from '../feed-hint.ts';
import { loadsOf, need, type RunContext, secondsOf, tellTable } from '../job.ts';
import { movingTables, orLeaveOut } from '../left-out.ts';
import { withoutLateKeys } from '../publication.ts';
import type { Step } from '../saga.ts';

export const index: Step<RunContext> = {
  name: 'index',

  async act(context) {
    const { job, made } = context;
    const { ddl } = job.target.dialect;
    const sessions = await openSessions(context);
    try {
      const largestFirst = movingTables(context).sort((a, b) => estimateOf(b).rows - estimateOf(a).rows);
      const again = job.standing === 'staged';
      const related = inRelations(movingTables(context));
      await parallel(largestFirst, sessions.length, (table) =>
        timed(context, table, sessions, async (session) => {
          if (isLarge(context, table) && related.has(table.target.name))
            await session.execute(ddl.settle(table.target, job.identity));
          await session.execute(ddl.index(table.target, job.plan.target, job.identity), { again });
          await session.execute(ddl.resetIdentity(table.target, job.plan.target, job.identity));
        }),
      );
      // One after the other: foreign keys lock both of their tables, and two of them at once can lock each other out.
      for (const table of movingTables(context)) {
        context.signal.throwIfAborted();
        await timed(context, table, sessions, async (session) => {
          const ready = withoutLateKeys(table, movingTables(context));
          await session.execute(ddl.relate(ready, job.plan.target, job.identity), { again });
        });
        context.artifacts.audit.tell('index', 'done', 'keys, indexes and foreign keys are built', table.target.name);
      }
    } finally {
      const own = sessions.filter((session) => session !== made.publisher?.session);
      await Promise.all(own.map((session) => session.close()));
    }
    return undefined;
  },
};

/** Tables at either end of a foreign key: to settle them shortens its check. */
function inRelations(tables: readonly TablePlan[]): ReadonlySet<string> {
  return new Set(
    tables.flatMap(({ target }) => target.foreignKeys.flatMap(({ references }) => [target.name, references.table])),
  );
}

/** Below so many rows nothing takes long that settling would shorten. */
const LARGE = 10_000;

function isLarge({ made }: RunContext, table: TablePlan): boolean {
  return rowsLoaded(made, table) >= LARGE;
}

function rowsLoaded(made: RunContext['made'], table: TablePlan): number {
  return loadsOf(made, table).reduce((sum, chunk) => sum + chunk.rows, 0);
}

/** As many sessions as may write at once; where only one may, the publisher's own. */
async function openSessions(context: RunContext): Promise<Session[]> {
  const { job, made } = context;
  const tables = movingTables(context).length;
  const count = job.target.capabilities.oneWriter ? 1 : Math.min(made.workers, tables);
  if (count <= 1) return [need(made.publisher, 'publisher').session];
  return Promise.all(
    Array.from({ length: count }, () =>
      job.target.dialect.connect(job.target.access, { role: 'target', run: job.identity }),
    ),
  );
}

async function timed(
  context: RunContext,
  table: TablePlan,
  sessions: Session[],
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const loaded = rowsLoaded(context.made, table);
  tellTable(context, table, 'indexing', { rows: loaded, bytes: 0 });
  const session = sessions.pop()!;
  try {
    await orLeaveOut(context, table, 'index', async () => {
      context.signal.throwIfAborted();
      try {
        await work(session);
      } catch (thrown) {
        const error = at(asDroverError(thrown), { side: 'target', table: table.target.name, step: 'index' });
        throw withHint(withFeedHint(error, table));
      }
    });
  } finally {
    sessions.push(session);
    secondsOf(context, table).index += (performance.now() - began) / 1000;
  }
}

/** What the source let pass and the target does not: the rows, or the rule, must change. */
function withHint(error: DroverError): DroverError {
  if (error.code !== 'index.failed' || error.data.hint !== null) return error;
  const hint =
    'Rows of the source break this rule: correct them there, leave them out with a filter, or drop the rule in the source.';
  return DroverError.from({ ...error.data, hint });
}
