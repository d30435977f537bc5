// Running: begins a run that goes on by itself, and the stream that is one run from its first event to its last.

import { join } from 'node:path';
import type { Consent, RunOptions } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { RunEvent, RunState, RunSummary } from '../shared/model/run.ts';
import type { Recall } from './inspect/recall.ts';
import { formatProject } from './map/project-file.ts';
import type { Pair } from './planning.ts';
import { render } from './report/render.ts';
import { type Artifacts, LOOKUPS, openArtifacts, writeIntent } from './run/artifacts.ts';
import { type Audit, audited, byWhom, openAudit } from './run/audit.ts';
import { RunControl } from './run/control.ts';
import { EventLog } from './run/event-log.ts';
import type { Job } from './run/job.ts';
import { readPlan } from './run/records.ts';
import { runMigration } from './run/run.ts';
import { standAgain } from './run/standing.ts';
import { openStore, runFolder, type Store, takenOver } from './run/store/store.ts';
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

export interface Starting {
  readonly options: RunOptions;
  readonly consent?: Consent | undefined;
}

/** Throws when the run can't begin; then nothing was touched. */
export async function startRun(
  pair: Pair,
  project: Project,
  plan: Plan,
  { options, consent }: Starting,
  ports: RunningPorts,
): Promise<StartedRun> {
  const startedAt = new Date().toISOString();
  const id = newRunId();
  const folder = runFolder(ports.home, id);
  const audit = openAudit(folder);
  const job = jobOf({ run: id, project: project.name, folder, startedAt }, plan, pair, options, audit, ports);
  const store = await openStore(ports.home);
  try {
    await writeIntent(folder, project, plan);
    const artifacts = openArtifacts(folder, render, audit, ownerOf(store, id));
    // Before the history knows of it: what can't be written now leaves no run behind.
    await audit.write('preflight', 'running', `begun ${byWhom(consent)}`);
    await audit.kept();
    await store.createRun({
      run: id,
      project: project.name,
      source: pair.source.url,
      target: pair.target.url,
      startedAt,
      projectFile: formatProject(project),
      options,
      process: thisProcess(),
    });
    return goOn(job, store, artifacts);
  } catch (error) {
    await store.close();
    throw asDroverError(error);
  }
}

export interface Resuming {
  /** Even from a process that still lives. */
  readonly takeOver: boolean;
  /** Lets a held run go. */
  readonly publish: boolean;
  readonly consent?: Consent | undefined;
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
      const audit = openAudit(found.folder);
      const job = await standAgain(jobOf(found, plan, pair, options, audit, ports), found.folder, store);
      const artifacts = openArtifacts(found.folder, render, audit, ownerOf(store, found.run));
      await audit.write('preflight', 'running', `${decided(how)} ${byWhom(how.consent)}, epoch ${job.identity.epoch}`);
      return goOn(job, store, artifacts);
    } catch (error) {
      await store.finish(found.run, found.state === 'running' ? 'interrupted' : found.state, 0);
      throw error;
    }
  } catch (error) {
    await store.close();
    throw error;
  }
}

function decided({ publish, takeOver }: Resuming): string {
  if (publish) return 'let go';
  return takeOver ? 'taken over' : 'resumed';
}

function refuseOver({ run, state }: RunSummary, { takeOver, publish }: Resuming): void {
  switch (state) {
    case 'held':
      return;
    case 'interrupted':
    case 'unknown':
      if (publish) throw notHeld(run, state);
      return;
    case 'running':
      if (!takeOver) throw underWay(run);
      if (publish) throw notHeld(run, state);
      return;
    case 'published':
    case 'rehearsed':
    case 'undone':
    case 'rolled back':
    case 'refused':
      throw over(run, state, publish ? 'publish' : 'resume');
  }
}

function notHeld(run: string, state: RunState): DroverError {
  return new DroverError('run.not-resumable', `Run ${run} is not held: not all of it is loaded and verified.`, {
    cause: `Its state is: ${state}.`,
    hint: 'Resume it; it publishes when it gets there.',
    command: `drover resume ${run}`,
  });
}

function underWay(run: string): DroverError {
  return new DroverError('run.target-locked', `Run ${run} is being carried out by another process.`, {
    hint: 'Wait until it has ended, or end that process. If it no longer answers, take the run over.',
    command: `drover resume ${run} --take-over`,
  });
}

/** What has become of it, and what can be done now. */
function over(
  run: string,
  state: 'published' | 'rehearsed' | 'undone' | 'rolled back' | 'refused',
  wish: 'publish' | 'resume',
): DroverError {
  const became = {
    published: 'is published already',
    rehearsed: 'was a rehearsal, and is taken back',
    undone: 'was published and then rolled back',
    'rolled back': 'failed, and was rolled back',
    refused: 'was refused before anything was touched',
  } as const;
  const possible =
    state === 'published'
      ? { hint: 'Keep it, roll it back, or drop the backups that it keeps.', command: `drover rollback ${run}` }
      : { hint: 'Run its project again; its report tells more.', command: `drover report ${run}` };
  return new DroverError('run.not-resumable', `Run ${run} ${became[state]}; there is nothing to ${wish}.`, {
    cause: `Its state is: ${state}.`,
    ...possible,
  });
}

function jobOf(
  known: Pick<RunSummary, 'run' | 'project' | 'folder' | 'startedAt'>,
  plan: Plan,
  pair: Pair,
  options: RunOptions,
  audit: Audit,
  ports: RunningPorts,
): Job {
  const { run, project, folder, startedAt } = known;
  return {
    identity: { id: run, epoch: 1 },
    standing: 'nothing',
    project,
    plan,
    source: { ...pair.source, capabilities: pair.source.dialect.capabilities(plan.source) },
    target: {
      ...pair.target,
      dialect: audited(pair.target.dialect, audit),
      capabilities: pair.target.dialect.capabilities(plan.target),
    },
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
  const control = new RunControl({ tell, audit: (step, detail) => artifacts.audit.write(step, 'running', detail) });
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
