// Undoing: from the records of a published run and a target to its rollback, with the history kept true.

import type { Consent, Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import { list } from '../shared/format.ts';
import type { Returning, RunState, RunSummary, Standing, StepState } from '../shared/model/run.ts';
import { isSameDatabase, type Opened, parseUrl } from './connect/endpoint.ts';
import { urlForms } from './dialects/index.ts';
import { nameKey } from './dialects/names.ts';
import type { RunTable } from './dialects/publishing.ts';
import type { Open } from './handlers.ts';
import { render } from './report/render.ts';
import { type Reported, reportRolledBack, reportTakenBack } from './restating.ts';
import { restateCheckpoint, sweep, writeReport } from './run/artifacts.ts';
import { type Audit, audited, byWhom, openAudit } from './run/audit.ts';
import { undoneReport } from './run/outcome.ts';
import { type PlannedTables, readPlan, readPublishedTables, readReport } from './run/records.ts';
import type { Published, RolledBack } from './run/rollback/published.ts';
import { rollBack } from './run/rollback/rollback.ts';
import { rollBackSome } from './run/rollback/some.ts';
import { returningOf } from './run/rollback/ties.ts';
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
    const told = standingWords(await standingIn(found.run, found.folder, said, store), said, found.takenBack);
    const stuck = await store.stuckAt(found.run);
    return stuck === null ? told : { ...told, words: `${told.words} The last try to go on failed: ${stuck}` };
  });
}

/** What to take back. */
export interface Undoing {
  readonly keepNewer: boolean;
  /** Some of a published run; null is all of it. */
  readonly tables: readonly string[] | null;
  readonly consent?: Consent | undefined;
}

/** With what it is undone, and written down. */
interface Means {
  readonly store: Store;
  readonly audit: Audit;
  readonly ports: RunningPorts;
}

export function rollBackRun(run: string, opened: Opened, what: Undoing, ports: RunningPorts): Promise<RolledBack> {
  return withStore(ports.home, async (store) => {
    const found = await store.find(run);
    const audit = openAudit(found.folder, 'publish');
    const means: Means = { store, audit, ports };
    const target = { ...opened, dialect: audited(opened.dialect, audit) };
    switch (found.state) {
      case 'published':
        return rollBackPublished(found, target, what, means);
      case 'held':
      case 'interrupted':
      case 'unknown':
        return rollBackUnfinished(found, target, what, means);
      case 'running':
      case 'rehearsed':
      case 'undone':
      case 'rolled back':
      case 'refused':
        throw nothingToRollBack(run, found.state);
    }
  });
}

/** Every table of a published run, with those that have to come along where it is rolled back without the others. */
export function tiesOfRun(found: KnownRun, target: Opened, ports: RunningPorts): Promise<Returning[]> {
  return withStore(ports.home, async (store) => {
    if (found.state !== 'published') throw notInPart(found);
    const looking: Undoing = { keepNewer: false, tables: null };
    const published = await publishedOf(found, target, looking, { store, audit: openAudit(found.folder), ports });
    const publisher = await target.dialect.openPublisher(target.access, { id: found.run, epoch: 0 });
    try {
      return await returningOf(published, publisher);
    } finally {
      await publisher.close();
    }
  });
}

async function rollBackPublished(found: KnownRun, target: Opened, what: Undoing, means: Means): Promise<RolledBack> {
  const { tables } = what;
  const published = await publishedOf(found, target, what, means);
  const chosen = tables === null ? published.tables : chosenOf(published, tables);
  const gone = new Set([...found.takenBack, ...chosen.map(({ target: { name } }) => name)]);
  // Where none would be left it is the whole that goes back.
  const all = published.tables.every(({ target: { name } }) => gone.has(name));
  const result = all ? await rollBack(published) : await rollBackSome(published, chosen);
  if (result.staying.length > 0) await reportTakenBack(found, result);
  else await conclude(means.store, found, result);
  return result;
}

async function publishedOf(
  { run, folder, takenBack }: KnownRun,
  target: Opened,
  { keepNewer, consent }: Undoing,
  { store, audit, ports }: Means,
): Promise<Published> {
  const report = await readReport(folder, run);
  const journalled = await store.journalled(run, 'publish');
  return {
    run,
    tables: await readPublishedTables(folder, run),
    takenBack,
    report,
    target: { ...target, capabilities: target.dialect.capabilities(report.target.server) },
    others: await publishedByOthers(run, target, store, ports),
    keepNewer,
    brokenOff: ['compensating', 'compensated'].includes(journalled.at(-1) ?? ''),
    workerUrl: ports.workerUrl,
    journal: async (entry, detail) => {
      await store.journal(run, 'publish', entry, detail);
      await audit.write('publish', entry, entry === 'compensating' ? `${detail}, ${byWhom(consent)}` : detail);
      await audit.kept();
    },
    tookBack: (names) => store.tookBack(run, names),
  };
}

/** By the names that a person gave. Throws `run.nothing-to-roll-back` where one is none of the run, or all went back before. */
function chosenOf({ run, tables, takenBack, target, brokenOff }: Published, names: readonly string[]): PlannedTables {
  const key = (name: string): string => nameKey(name, target.capabilities);
  const wanted = new Set(names.map(key));
  const chosen = tables.filter((table) => wanted.delete(key(table.target.name)));
  const [unknown] = wanted;
  if (unknown !== undefined) {
    const name = names.find((each) => key(each) === unknown)!;
    throw new DroverError('run.nothing-to-roll-back', `Run ${run} has not published a table ${name}.`, {
      cause: `Its tables are ${list(
        tables.map((table) => table.target.name),
        20,
      )}.`,
      hint: 'Give the names that they have in the target.',
      where: { side: 'target' },
    });
  }
  const gone = new Set(takenBack);
  if (!brokenOff && chosen.every((table) => gone.has(table.target.name))) {
    const [are, s] = chosen.length === 1 ? ['is', ''] : ['are', 's'];
    const which = list(chosen.map((table) => table.target.name));
    throw new DroverError(
      'run.nothing-to-roll-back',
      `The table${s} ${which} of run ${run} ${are} rolled back already.`,
    );
  }
  return chosen;
}

/** What is published by then is first brought to its end: only its report knows what rows were written since. */
async function rollBackUnfinished(found: KnownRun, target: Opened, what: Undoing, means: Means): Promise<RolledBack> {
  const { store, audit, ports } = means;
  const { run, folder } = found;
  const said = await askTarget(run, target);
  if ((await standingIn(run, folder, said, store)) === 'published') {
    await concludePublished(found, target, ports);
    return rollBackPublished(await store.find(run), target, what, means);
  }
  if (what.tables !== null) throw notInPart(found);
  const plan = await readPlan(folder, run);
  await store.takeUp(run, thisProcess(), false);
  const journal = async (state: StepState, detail: string | null) => {
    await store.journal(run, 'stage', state, detail);
    await audit.write('stage', state, detail);
    await audit.kept();
  };
  try {
    await journal('compensating', `rolling back what was left, ${byWhom(what.consent)}`);
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
  return { restored: [], removed: [], kept: [], staying: [] };
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
      return planned
        .filter((table) => !other.takenBack.includes(table.target.name))
        .map((table) => ({ run: other.run, table: table.target.name }));
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

function notInPart({ run, state }: RunSummary): DroverError {
  return new DroverError('run.not-published', `Run ${run} is not published: its tables go back together.`, {
    cause: `Its state is: ${state}.`,
    hint: 'Roll the whole run back.',
    command: `drover rollback ${run}`,
  });
}

function nothingToRollBack(run: string, state: RunState): DroverError {
  return new DroverError('run.nothing-to-roll-back', messageFor(run, state), {
    cause: `Its state is: ${state}.`,
    hint:
      state === 'running'
        ? 'Cancel it where it is carried out. If it no longer answers there, take it over first, or end its process.'
        : 'See in the history what became of it.',
    command: state === 'running' ? `drover resume ${run} --take-over` : 'drover runs',
  });
}

function messageFor(run: string, state: RunState): string {
  if (state === 'undone' || state === 'rehearsed') return `Run ${run} is rolled back already.`;
  return state === 'running' ? `Run ${run} is under way.` : `Run ${run} did not publish anything.`;
}
