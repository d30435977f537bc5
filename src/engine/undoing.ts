// Undoing: from the records of a published run and a target to its rollback, with the history kept true.

import type { Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { RunState, RunSummary } from '../shared/model/run.ts';
import { isSameDatabase, type Opened } from './connect/endpoint.ts';
import type { Open } from './handlers.ts';
import { appendAudit, restateCheckpoint } from './run/artifacts.ts';
import { readPlannedTables, readReport } from './run/records.ts';
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
    refuseUnpublished(run, state);
    const report = await readReport(folder, run);
    const journalled = await store.journalled(run, 'publish');
    const result = await rollBack({
      run,
      tables: await readPlannedTables(folder, run),
      report,
      target: { ...target, capabilities: target.dialect.capabilities(report.target.server) },
      keepNewer,
      begun: journalled.filter((each) => each === 'compensating').length,
      brokenOff: journalled.at(-1) === 'compensating',
      workerUrl: ports.workerUrl,
      journal: async (entry, detail) => {
        await store.journal(run, 'publish', entry, detail);
        await appendAudit(folder, 'publish', entry, detail);
      },
    });
    await conclude(store, run, folder);
    return result;
  });
}

async function conclude(store: Store, run: string, folder: string): Promise<void> {
  await store.restate(run, 'undone');
  await restateCheckpoint(folder, 'undone');
}

function refuseUnpublished(run: string, state: RunState): void {
  if (state === 'published') return;
  const message = state === 'undone' ? `Run ${run} is rolled back already.` : `Run ${run} did not publish anything.`;
  throw new DroverError('run.nothing-to-roll-back', message, {
    cause: `Its state is: ${state}.`,
    hint: state === 'running' ? 'Cancel it instead, where it is under way.' : null,
  });
}
