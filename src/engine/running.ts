// Running: begins a run that goes on by itself, and the stream that is one run from its first event to its last.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { RunEvent } from '../shared/model/run.ts';
import type { Recall } from './inspect/recall.ts';
import { formatProject } from './map/project-file.ts';
import type { Pair } from './planning.ts';
import { render } from './report/render.ts';
import { type Artifacts, openArtifacts } from './run/artifacts.ts';
import { RunControl } from './run/control.ts';
import { EventLog } from './run/event-log.ts';
import type { Job } from './run/job.ts';
import { runMigration } from './run/run.ts';
import { openStore, type Store } from './run/store/store.ts';
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
  const job: Job = {
    identity: { id, epoch: 1 },
    project: project.name,
    plan,
    source: { ...pair.source, capabilities: pair.source.dialect.capabilities(plan.source) },
    target: { ...pair.target, capabilities: pair.target.dialect.capabilities(plan.target) },
    options,
    shaping: { secrets: namedSecrets(ports.environment), now: startedAt, lookups: join(folder, 'lookups') },
    startedAt,
    workerUrl: ports.workerUrl,
    droverVersion: ports.version,
  };
  const store = await openStore(ports.home);
  try {
    const artifacts = await record(job, project, store, folder);
    return goOn(job, store, artifacts);
  } catch (error) {
    await store.close();
    throw error;
  }
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

/** What of the run outlives this process: its folder and its line in the history. */
async function record(job: Job, project: Project, store: Store, folder: string): Promise<Artifacts> {
  const run = job.identity.id;
  // A snapshot of the source and its differences may lie here: for nobody else's eyes.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const artifacts = await openArtifacts(folder, project, job.plan, render);
  await store.createRun({
    run,
    project: job.project,
    source: job.source.url,
    target: job.target.url,
    startedAt: job.startedAt,
    folder,
    projectFile: formatProject(project),
    process: thisProcess(),
  });
  return artifacts;
}

function goOn(job: Job, store: Store, artifacts: Artifacts): StartedRun {
  const events = new EventLog();
  const tell = (event: RunEvent): void => events.push(event);
  const control = new RunControl({ tell, audit: (step, detail) => artifacts.audit(step, 'running', detail) });
  const cancelling = new AbortController();

  const toTheEnd = async (): Promise<void> => {
    try {
      await runMigration(job, { store, artifacts, tell, control }, cancelling.signal);
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
    over: toTheEnd(),
  };
}

/** Not the migration failed but the telling of it, as on a full disk: then nothing may be claimed of the target. */
function tellBroken({ identity }: Job, { folder }: Artifacts, tell: (event: RunEvent) => void, thrown: unknown): void {
  const at = new Date().toISOString();
  tell({ kind: 'error', error: asDroverError(thrown).data, at });
  tell({ kind: 'finished', run: identity.id, state: 'unknown', verdict: null, folder, at });
}
