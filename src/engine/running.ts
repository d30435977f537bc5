// Running: begins a run that goes on by itself, and the stream that is one run from its first event to its last.

import { join } from 'node:path';
import type { RunOptions } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { RunEvent, RunSummary } from '../shared/model/run.ts';
import type { Recall } from './inspect/recall.ts';
import { formatProject } from './map/project-file.ts';
import type { Pair } from './planning.ts';
import { render } from './report/render.ts';
import { type Artifacts, LOOKUPS, openArtifacts, writeIntent } from './run/artifacts.ts';
import { RunControl } from './run/control.ts';
import { EventLog } from './run/event-log.ts';
import type { Job } from './run/job.ts';
import { readPlan } from './run/records.ts';
import { runMigration } from './run/run.ts';
import { standAgain } from './run/standing.ts';
import { openStore, type Store, takenOver } from './run/store/store.ts';
import { asDroverError } from './support/failure.ts';
import { newRunId } from './support/ids.ts';
import { thisProcess } from './support/process.ts';
import { namedSecrets } from './support/secrets.ts';

export interface RunningPorts {
  readonly home: string;
  readonly workerUrl: URL;
  readonly version: string;
  readonly recall: Recall;
  /** Where the secrets that a project names are looked for. */
  readonly environment: NodeJS.ProcessEnv;
}

/** A run under way, or over; it does not care who watches. */
export interface StartedRun {
  readonly run: string;
  readonly project: string;
  readonly startedAt: string;
  readonly events: EventLog;
  readonly control: RunControl;
  cancel(): void;
  /** Ends it where it is, to be resumed. */
  leave(): void;
  /** Resolves when the run is over, however it ended. */
  readonly over: Promise<void>;
}

/** Throws when the run can't begin; then nothing was touched. */
export async function startRun(
  pair: Pair,
  project: Project,
  plan: Plan,
  options: RunOptions,
  ports: RunningPorts,
): Promise<StartedRun> {
  const startedAt = new Date().toISOString();
  const id = newRunId();
  const folder = join(ports.home, 'runs', id);
  const job = jobOf({ run: id, project: project.name, folder, startedAt }, plan, pair, options, ports);
  const store = await openStore(ports.home);
  try {
    await writeIntent(folder, project, plan);
    await store.createRun({
      run: id,
      project: project.name,
      source: pair.source.url,
      target: pair.target.url,
      startedAt,
      folder,
      projectFile: formatProject(project),
      options,
      process: thisProcess(),
    });
    return goOn(job, store, openArtifacts(folder, render, ownerOf(store, id)));
  } catch (error) {
    await store.close();
    throw error;
  }
}

export interface Resuming {
  /** Even from a process that still lives. */
  readonly takeOver: boolean;
  /** Lets a held run go. */
  readonly publish: boolean;
}

/** Throws `run.not-resumable`, `run.target-locked`, or why the target can't be asked; nothing was changed then. */
export async function resumeRun(run: string, pair: Pair, how: Resuming, ports: RunningPorts): Promise<StartedRun> {
  const store = await openStore(ports.home);
  try {
    const found = await store.find(run);
    refuseOver(found, how);
    const plan = await readPlan(found.folder, found.run);
    await store.takeUp(found.run, thisProcess(), how.takeOver);
    try {
      const { hold, ...others } = found.options;
      const options = how.publish ? others : found.options;
      const job = await standAgain(jobOf(found, plan, pair, options, ports), found.folder, store);
      return goOn(job, store, openArtifacts(found.folder, render, ownerOf(store, found.run)));
    } catch (error) {
      await store.finish(found.run, found.state === 'running' ? 'interrupted' : found.state, 0);
      throw error;
    }
  } catch (error) {
    await store.close();
    throw error;
  }
}

function refuseOver({ run, state }: RunSummary, { takeOver, publish }: Resuming): void {
  const open = state === 'interrupted' || state === 'unknown' || (state === 'running' && takeOver);
  if (open || state === 'held') {
    if (!publish || state === 'held') return;
    throw new DroverError('run.not-resumable', `Run ${run} is not held: not all of it is loaded and verified.`, {
      cause: `Its state is: ${state}.`,
      hint: 'Resume it; it publishes when it gets there.',
    });
  }
  if (state === 'running') {
    throw new DroverError('run.target-locked', `Run ${run} is being carried out by another process.`, {
      hint: 'Wait until it has ended, or end that process. If it no longer answers, take the run over (--take-over).',
    });
  }
  throw new DroverError('run.not-resumable', `Run ${run} is over; there is nothing to resume.`, {
    cause: `Its state is: ${state}.`,
    hint: 'See what became of it with: drover report',
  });
}

function jobOf(
  known: Pick<RunSummary, 'run' | 'project' | 'folder' | 'startedAt'>,
  plan: Plan,
  pair: Pair,
  options: RunOptions,
  ports: RunningPorts,
): Job {
  const { run, project, folder, startedAt } = known;
  return {
    identity: { id: run, epoch: 1 },
    standing: 'nothing',
    project,
    plan,
    source: { ...pair.source, capabilities: pair.source.dialect.capabilities(plan.source) },
    target: { ...pair.target, capabilities: pair.target.dialect.capabilities(plan.target) },
    options,
    shaping: { secrets: namedSecrets(ports.environment), now: startedAt, lookups: join(folder, LOOKUPS) },
    startedAt,
    workerUrl: ports.workerUrl,
    droverVersion: ports.version,
  };
}

/** Leaving the stream, or aborting its signal, cancels the run. */
export async function* followRun(started: StartedRun, signal: AbortSignal): AsyncIterable<RunEvent> {
  const cancel = (): void => started.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    // Rolling back is part of the story: the watcher stays when the run is cancelled.
    for await (const { events } of started.events.watch(0, 0, new AbortController().signal)) yield* events;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
    await started.over;
  }
}

/** Throws `run.taken-over` once another process carries the run out. */
function ownerOf(store: Store, run: string): () => Promise<void> {
  return async () => {
    if (!(await store.isCarriedOutBy(run, thisProcess()))) throw takenOver(run);
  };
}

function goOn(job: Job, store: Store, artifacts: Artifacts): StartedRun {
  const events = new EventLog();
  const tell = (event: RunEvent): void => events.push(event);
  const control = new RunControl({ tell, audit: (step, detail) => artifacts.audit(step, 'running', detail) });
  const cancelling = new AbortController();
  const leaving = new AbortController();

  const toTheEnd = async (): Promise<void> => {
    try {
      const signals = { cancel: cancelling.signal, leave: leaving.signal };
      await runMigration(job, { store, artifacts, tell, control }, signals);
    } catch (thrown) {
      tellBroken(job, artifacts, tell, thrown);
    } finally {
      events.end();
      await store.close();
    }
  };
  return {
    run: job.identity.id,
    project: job.project,
    startedAt: job.startedAt,
    events,
    control,
    cancel: () => cancelling.abort(new DroverError('run.cancelled', 'The run was cancelled.')),
    leave: () => leaving.abort(new DroverError('run.cancelled', 'The run was left, to be resumed.')),
    over: toTheEnd(),
  };
}

/** Not the migration failed but the telling of it, as on a full disk: then nothing may be claimed of the target. */
function tellBroken({ identity }: Job, { folder }: Artifacts, tell: (event: RunEvent) => void, thrown: unknown): void {
  const at = new Date().toISOString();
  tell({ kind: 'error', error: asDroverError(thrown).data, at });
  tell({ kind: 'finished', run: identity.id, state: 'unknown', verdict: null, folder, at });
}
