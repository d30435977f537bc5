// Running: the half of the work that touches the target, as a stream of events.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../shared/contract.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { RunEvent } from '../shared/model/run.ts';
import type { Recall } from './inspect/recall.ts';
import { formatProject } from './map/project-file.ts';
import { makePlan, type Pair } from './planning.ts';
import { render } from './report/render.ts';
import { openArtifacts } from './run/artifacts.ts';
import { runMigration } from './run/run.ts';
import { openStore } from './run/store/store.ts';
import { Channel } from './support/channel.ts';
import { newRunId } from './support/ids.ts';

export interface RunningPorts {
  readonly home: string;
  readonly workerUrl: URL;
  readonly version: string;
  readonly recall: Recall;
}

/** Events until `finished`. Throws only when the run could not begin; then nothing was touched. */
export async function* runProject(
  pair: Pair,
  project: Project,
  options: RunOptions,
  ports: RunningPorts,
  signal: AbortSignal,
): AsyncIterable<RunEvent> {
  const plan = await makePlan(pair, project, ports);
  signal.throwIfAborted();
  const store = await openStore(ports.home);
  try {
    const run = newRunId();
    const startedAt = new Date().toISOString();
    const folder = join(ports.home, 'runs', run);
    // A snapshot of the source and its differences may lie here: for nobody else's eyes.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const artifacts = await openArtifacts(folder, project, plan, render);
    await store.createRun({
      run,
      project: project.name,
      source: pair.source.url,
      target: pair.target.url,
      startedAt,
      folder,
      projectFile: formatProject(project),
    });

    const events = new Channel<RunEvent>();
    const job = {
      identity: { id: run, epoch: 1 },
      project: project.name,
      plan,
      source: { ...pair.source, capabilities: pair.source.dialect.capabilities(plan.source) },
      target: { ...pair.target, capabilities: pair.target.dialect.capabilities(plan.target) },
      options,
      startedAt,
      workerUrl: ports.workerUrl,
      droverVersion: ports.version,
    };
    const running = runMigration(job, { store, artifacts, tell: (event) => events.push(event) }, signal).finally(() =>
      events.end(),
    );
    yield* events;
    await running;
  } finally {
    await store.close();
  }
}
