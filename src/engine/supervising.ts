// Supervising: runs that go on by themselves, whoever watches them, and what can be done about one afterwards.

import type { Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { CallHandlers, Open, StreamHandlers } from './handlers.ts';
import { parseProject } from './map/project-file.ts';
import { makePlan, type Pair } from './planning.ts';
import { prepareRetry } from './retrying.ts';
import { dropBackups, standingBackups } from './run/backups.ts';
import { createQuarantineReader } from './run/quarantine/read.ts';
import { readAudit, readPlan, readReport, withRecords } from './run/records.ts';
import { resolvedRows } from './run/retries.ts';
import { withStore } from './run/store/store.ts';
import { followRun, type Resuming, type RunningPorts, resumeRun, type StartedRun, startRun } from './running.ts';
import { rollBackRun, standingOfRun, targetOf, tiesOfRun } from './undoing.ts';

type Supervising = Pick<
  CallHandlers,
  | 'run.start'
  | 'run.pause'
  | 'run.continue'
  | 'run.cancel'
  | 'run.leave'
  | 'run.resume'
  | 'run.standing'
  | 'run.active'
  | 'run.intent'
  | 'run.audit'
  | 'run.quarantine'
  | 'run.retry'
  | 'run.backups'
  | 'run.clean'
  | 'run.rollback'
  | 'run.ties'
>;

export interface Supervisor {
  readonly calls: Supervising;
  readonly run: StreamHandlers['run'];
  readonly again: StreamHandlers['run.again'];
  readonly watch: StreamHandlers['run.watch'];
}

/** Ten items a second are as much as anybody can see; the rest is for the jitter of timers and of the way. */
export const WATCH_PAUSE_MS = 105;

export function supervise(
  openPair: (input: { source: Endpoint; target: Endpoint }) => Promise<Pair>,
  open: Open,
  ports: RunningPorts,
): Supervisor {
  const runs = new KnownRuns();
  const readQuarantine = createQuarantineReader();
  const known = (run: string) => withStore(ports.home, (store) => store.find(run));
  const find = async (run: string) => withRecords(await known(run));
  const resumed = async (run: string, how: Resuming, endpoints: { source: Endpoint; target: Endpoint }) => {
    const found = await find(run);
    const pair = await openPair(endpoints);
    await targetOf(found, endpoints.target, open);
    return resumeRun(found.run, pair, how, ports);
  };
  const history = () => withStore(ports.home, (store) => store.runs());

  return {
    calls: {
      'run.start': async ({ project, options, consent, ...endpoints }) => {
        const pair = await openPair(endpoints);
        const plan = await makePlan(pair, project, ports);
        const started = runs.add(await startRun(pair, project, plan, { options, consent }, ports));
        return { run: started.run };
      },
      'run.pause': async ({ run }) => {
        return { paused: await runs.underWay(run).control.pause() };
      },
      'run.continue': async ({ run }) => {
        await runs.underWay(run).control.resume();
        return {};
      },
      'run.cancel': async ({ run }) => {
        runs.underWay(run).cancel();
        return {};
      },
      'run.leave': async ({ run }) => {
        runs.underWay(run).leave();
        return {};
      },
      'run.resume': async ({ run, takeOver, publish, consent, ...endpoints }) => {
        const started = runs.add(await resumed(run, { takeOver, publish, consent }, endpoints));
        return { run: started.run };
      },
      'run.standing': async ({ run, target }) => {
        const found = await known(run);
        return standingOfRun(found, await targetOf(found, target, open), ports);
      },
      'run.active': async () => runs.active().map(({ run, project, startedAt }) => ({ run, project, startedAt })),
      'run.intent': async ({ run }) => {
        const { folder, run: name, options } = await find(run);
        const { hold = false, rehearse = false } = options;
        return { plan: await readPlan(folder, name), hold, rehearse };
      },
      'run.audit': async ({ run }) => {
        const found = await known(run);
        const entries = await readAudit(found.folder);
        if (entries.length === 0) await withRecords(found);
        return entries;
      },
      'run.quarantine': async ({ run, ...query }) => {
        const { folder } = await find(run);
        return readQuarantine(folder, query, await resolvedRows(folder, await history()));
      },
      'run.retry': async ({ run, project, table }) => {
        const found = await find(run);
        const own = project ?? parseProject(found.projectFile);
        return prepareRetry(found, await history(), own, table);
      },
      'run.backups': async ({ run, target }) => {
        const found = await find(run);
        const report = await readReport(found.folder, found.run);
        return standingBackups(report, await targetOf(found, target, open));
      },
      'run.clean': async ({ run, target, consent }) => {
        const found = await find(run);
        return dropBackups(found, await targetOf(found, target, open), consent);
      },
      'run.rollback': async ({ run, target, keepNewer, tables = null, consent }) => {
        const found = await find(run);
        return rollBackRun(found.run, await targetOf(found, target, open), { keepNewer, tables, consent }, ports);
      },
      'run.ties': async ({ run, target }) => {
        const found = await find(run);
        return tiesOfRun(found, await targetOf(found, target, open), ports);
      },
    },
    async *run({ project, options, consent, ...endpoints }, signal) {
      const pair = await openPair(endpoints);
      const plan = await makePlan(pair, project, ports);
      signal.throwIfAborted();
      yield* followRun(runs.add(await startRun(pair, project, plan, { options, consent }, ports)), signal);
    },
    async *again({ run, takeOver, publish, consent, ...endpoints }, signal) {
      yield* followRun(runs.add(await resumed(run, { takeOver, publish, consent }, endpoints)), signal);
    },
    watch: async function* ({ run, after }, signal) {
      yield* runs.known(run).events.watch(after, WATCH_PAUSE_MS, signal);
    },
  };
}

/** Runs of this process: those under way, and the last few that are over, which can still be watched. */
class KnownRuns {
  static readonly #OVER_KEPT = 20;
  readonly #active = new Map<string, StartedRun>();
  readonly #over = new Map<string, StartedRun>();

  add(started: StartedRun): StartedRun {
    this.#active.set(started.run, started);
    void started.over.then(() => {
      this.#active.delete(started.run);
      this.#over.set(started.run, started);
      const [oldest] = this.#over.keys();
      if (oldest !== undefined && this.#over.size > KnownRuns.#OVER_KEPT) this.#over.delete(oldest);
    });
    return started;
  }

  active(): StartedRun[] {
    return [...this.#active.values()];
  }

  /** Throws `run.not-running`. */
  underWay(run: string): StartedRun {
    return this.#active.get(run) ?? notRunning(`Run ${run} is not under way here.`);
  }

  /** Throws `run.not-running`. */
  known(run: string): StartedRun {
    return this.#active.get(run) ?? this.#over.get(run) ?? notRunning(`Run ${run} can't be watched any more.`);
  }
}

function notRunning(message: string): never {
  throw new DroverError('run.not-running', message, { hint: 'Its report tells how it ended.', command: 'drover runs' });
}
