// Undoing: from the records of a published run and a target to its rollback, with the history kept true.

import type { Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { RunState, RunSummary, Standing, StepState } from '../shared/model/run.ts';
import { isSameDatabase, type Opened, parseUrl } from './connect/endpoint.ts';
import type { RunTable } from './dialects/dialect.ts';
import { urlForms } from './dialects/index.ts';
import type { Open } from './handlers.ts';
import { render } from './report/render.ts';
import { type Reported, reportRolledBack } from './restating.ts';
import { appendAudit, restateCheckpoint, sweep, writeReport } from './run/artifacts.ts';
import { undoneReport } from './run/outcome.ts';
import { readPlan, readPublishedTables, readReport } from './run/records.ts';
import type { RolledBack } from './run/rollback/published.ts';
import { rollBack } from './run/rollback/rollback.ts';
import { askTarget, standingIn, standingWords } from './run/standing.ts';
import { type KnownRun, type Store, withStore } from './run/store/store.ts';
import { undo } from './run/undo.ts';
import { type RunningPorts, resumeRun } from './running.ts';
import { thisProcess } from './support/process.ts';

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

/** What the target says of a run that nobody carries out now. */
export function standingOfRun(found: KnownRun, target: Opened, ports: RunningPorts): Promise<Standing> {
  return withStore(ports.home, async (store) => {
    const said = await askTarget(found.run, target);
    return standingWords(await standingIn(found.run, found.folder, said, store), said);
  });
}

export function rollBackRun(run: string, target: Opened, keepNewer: boolean, ports: RunningPorts): Promise<RolledBack> {
  return withStore(ports.home, async (store) => {
    const found = await store.find(run);
    switch (found.state) {
      case 'published':
        return rollBackPublished(found, target, keepNewer, store, ports);
      case 'held':
      case 'interrupted':
      case 'unknown':
        return rollBackUnfinished(found, target, keepNewer, store, ports);
      case 'running':
      case 'rehearsed':
      case 'undone':
      case 'rolled back':
      case 'refused':
        throw nothingToRollBack(run, found.state);
    }
  });
}

async function rollBackPublished(
  { run, folder }: KnownRun,
  target: Opened,
  keepNewer: boolean,
  store: Store,
  ports: RunningPorts,
): Promise<RolledBack> {
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
}

/** What is published by then is first brought to its end: only its report knows what rows were written since. */
async function rollBackUnfinished(
  found: KnownRun,
  target: Opened,
  keepNewer: boolean,
  store: Store,
  ports: RunningPorts,
): Promise<RolledBack> {
  const { run, folder } = found;
  const said = await askTarget(run, target);
  if ((await standingIn(run, folder, said, store)) === 'published') {
    await concludePublished(found, target, ports);
    return rollBackPublished(await store.find(run), target, keepNewer, store, ports);
  }
  const plan = await readPlan(folder, run);
  await store.takeUp(run, thisProcess(), false);
  const journal = async (state: StepState, detail: string | null) => {
    await store.journal(run, 'stage', state, detail);
    await appendAudit(folder, 'stage', state, detail);
  };
  try {
    await journal('compensating', 'rolling back what was left');
    const identity = { id: run, epoch: said.epoch + 1 };
    const side = { ...target, capabilities: target.dialect.capabilities(plan.target) };
    await undo({ identity, target: side, plan }, folder);
    await journal('compensated', null);
  } catch (error) {
    await store.finish(run, found.state, 0);
    throw error;
  }
  await writeReport(folder, undoneReport(found, plan, ports.version), render);
  await restateCheckpoint(folder, 'rolled back').catch(() => undefined);
  await sweep(folder);
  await store.finish(run, 'rolled back', 0);
  return { restored: [], removed: [], kept: [] };
}

/** The source has no part in it: its address is enough. */
async function concludePublished(found: KnownRun, target: Opened, ports: RunningPorts): Promise<void> {
  const source = { ...target, url: found.source };
  const started = await resumeRun(
    found.run,
    { source, target },
    { takeOver: false, publish: found.state === 'held' },
    ports,
  );
  await started.over;
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

function nothingToRollBack(run: string, state: RunState): DroverError {
  return new DroverError('run.nothing-to-roll-back', messageFor(run, state), {
    cause: `Its state is: ${state}.`,
    hint: state === 'running' ? 'Cancel it instead.' : 'See what became of it with: drover runs',
  });
}

function messageFor(run: string, state: RunState): string {
  if (state === 'undone' || state === 'rehearsed') return `Run ${run} is rolled back already.`;
  return state === 'running' ? `Run ${run} is under way.` : `Run ${run} did not publish anything.`;
}
