// Undoing: from the records of a published run and a target to its rollback, with the history kept true.

import type { Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { RunState, RunSummary } from '../shared/model/run.ts';
import { isSameDatabase, type Opened, parseUrl } from './connect/endpoint.ts';
import type { RunTable } from './dialects/dialect.ts';
import { urlForms } from './dialects/index.ts';
import type { Open } from './handlers.ts';
import { type Reported, reportRolledBack } from './restating.ts';
import { appendAudit, restateCheckpoint } from './run/artifacts.ts';
import { readPublishedTables, readReport } from './run/records.ts';
import { interrupted } from './run/rollback/interrupted.ts';
import type { RolledBack } from './run/rollback/published.ts';
import { rollBack } from './run/rollback/rollback.ts';
import { type Store, withStore } from './run/store/store.ts';
import type { RunningPorts } from './running.ts';

/** Throws `run.nothing-to-roll-back` where the endpoint is not the target that the run wrote into. */
export async function targetOf(summary: RunSummary, endpoint: Endpoint, open: Open): Promise<Opened> {
  const target = await open(endpoint);
  const own = await open({ url: summary.target, password: null });
  if (isSameDatabase(own.access.connection, target.access.connection)) return target;
  throw new DroverError('run.nothing-to-roll-back', `Run ${summary.run} did not write into ${target.url}.`, {
    cause: `Its target was ${summary.target}.`,
    hint: 'Choose the target of the run.',
    where: { side: 'target' },
  });
}

export function rollBackRun(run: string, target: Opened, keepNewer: boolean, ports: RunningPorts): Promise<RolledBack> {
  return withStore(ports.home, async (store) => {
    const { state, folder } = await store.find(run);
    if (state === 'interrupted') throw await interrupted(run, target);
    refuseUnpublished(run, state);
    const report = await readReport(folder, run);
    const journalled = await store.journalled(run, 'publish');
    const result = await rollBack({
      run,
      tables: await readPublishedTables(folder, run),
      report,
      target: { ...target, capabilities: target.dialect.capabilities(report.target.server) },
      others: await publishedByOthers(run, target, store, ports),
      keepNewer,
      begun: journalled.filter((each) => each === 'compensating').length,
      brokenOff: ['compensating', 'compensated'].includes(journalled.at(-1) ?? ''),
      workerUrl: ports.workerUrl,
      journal: async (entry, detail) => {
        await store.journal(run, 'publish', entry, detail);
        await appendAudit(folder, 'publish', entry, detail);
      },
    });
    await conclude(store, { run, folder }, result);
    return result;
  });
}

/** Runs whose folders are gone are left to the target's own evidence. */
async function publishedByOthers(run: string, target: Opened, store: Store, ports: RunningPorts): Promise<RunTable[]> {
  const isHere = ({ target: url }: RunSummary): boolean =>
    isSameDatabase(parseUrl(url, urlForms, ports.environment).connection, target.access.connection);
  const others = (await store.runs()).filter((each) => each.run !== run && each.state === 'published' && isHere(each));
  const tables = await Promise.all(
    others.map(async (other) => {
      const planned = await readPublishedTables(other.folder, other.run).catch(() => []);
      return planned.map((table) => ({ run: other.run, table: table.target.name }));
    }),
  );
  return tables.flat();
}

/** The state last: as long as it says "published", rolling back again completes what is missing here. */
async function conclude(store: Store, reported: Reported, result: RolledBack): Promise<void> {
  await reportRolledBack(reported, result);
  await restateCheckpoint(reported.folder, 'undone');
  await store.restate(reported.run, 'undone');
}

function refuseUnpublished(run: string, state: RunState): void {
  if (state === 'published') return;
  throw new DroverError('run.nothing-to-roll-back', messageFor(run, state), {
    cause: `Its state is: ${state}.`,
    hint: state === 'running' ? 'Cancel it instead.' : null,
  });
}

function messageFor(run: string, state: RunState): string {
  if (state === 'undone') return `Run ${run} is rolled back already.`;
  return state === 'running' ? `Run ${run} is under way.` : `Run ${run} did not publish anything.`;
}
