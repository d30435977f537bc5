// The engine: one method for each call and stream of the contract. It prints nothing and knows no screen.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { CallName, CallOutput, Calls, Endpoint, StreamItem, StreamName, Streams } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import { report as reportSchema } from '../shared/model/report.ts';
import { resolveEndpoint } from './connect/endpoint.ts';
import { testConnection } from './connect/test.ts';
import { loadDialect, urlForms } from './dialects/index.ts';
import { inspect } from './inspect/inspect.ts';
import { createRecall } from './inspect/recall.ts';
import { parseProject } from './map/project-file.ts';
import { makePlan, makeProject, type Pair } from './planning.ts';
import { render } from './report/render.ts';
import { verifyAgain } from './report/verify.ts';
import { openStore, type Store } from './run/store/store.ts';
import { runProject } from './running.ts';

/** What the engine needs from whoever hosts it. */
export interface EnginePorts {
  /** The data folder: history, journal, artifacts (DROVER_HOME). */
  readonly home: string;
  /** The worker thread's script, source or built. */
  readonly workerUrl: URL;
  readonly version: string;
  /** Where ambient passwords are looked for. */
  readonly environment: NodeJS.ProcessEnv;
}

type Input<N extends CallName> = z.output<Calls[N]['input']>;
type StreamInput<N extends StreamName> = z.output<Streams[N]['input']>;

export interface Engine {
  readonly calls: { readonly [N in CallName]: (input: Input<N>) => Promise<CallOutput<N>> };
  readonly streams: {
    readonly [N in StreamName]: (input: StreamInput<N>, signal: AbortSignal) => AsyncIterable<StreamItem<N>>;
  };
}

export function createEngine(ports: EnginePorts): Engine {
  const asking = { recall: createRecall(), workerUrl: ports.workerUrl };
  const families = { forms: urlForms, load: loadDialect };
  const open = (endpoint: Endpoint) => resolveEndpoint(endpoint, families, ports.environment);
  const openPair = async (input: { source: Endpoint; target: Endpoint }): Promise<Pair> => ({
    source: await open(input.source),
    target: await open(input.target),
  });

  return {
    calls: {
      'connect.test': async (endpoint) => testConnection(await open(endpoint)),
      inspect: async (endpoint) => {
        const { dialect, access } = await open(endpoint);
        return inspect(dialect, access, 'source');
      },
      map: async (input) => makeProject(await openPair(input), input, asking),
      plan: async (input) => makePlan(await openPair(input), input.project, asking),
      verify: async (input) => {
        const pair = await openPair(input);
        const plan = await makePlan(pair, { ...input.project, mode: 'replace' }, asking);
        return verifyAgain({
          plan,
          project: input.project.name,
          source: { ...pair.source, capabilities: pair.source.dialect.capabilities(plan.source) },
          target: { ...pair.target, capabilities: pair.target.dialect.capabilities(plan.target) },
          workerUrl: ports.workerUrl,
          droverVersion: ports.version,
        });
      },
      'report.read': async ({ run }) =>
        withStore(ports.home, async (store) => readReport((await store.find(run)).folder, run)),
      'report.render': async ({ report, format }) => render(report, format),
      'run.project': async ({ run }) =>
        withStore(ports.home, async (store) => parseProject((await store.find(run)).projectFile)),
      runs: async () => withStore(ports.home, (store) => store.runs()),
    },
    streams: {
      async *run(input, signal) {
        yield* runProject(await openPair(input), input.project, input.options, { ...ports, ...asking }, signal);
      },
    },
  };
}

async function withStore<T>(home: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(home);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function readReport(folder: string, run: string): Promise<CallOutput<'report.read'>> {
  try {
    return reportSchema.parse(JSON.parse(await readFile(join(folder, 'verification_report.json'), 'utf8')));
  } catch (error) {
    throw new DroverError('run.no-such-run', `Run ${run} has no report that can be read.`, {
      cause: error instanceof Error ? error.message : null,
      hint: 'A run that was killed has none; see the list of runs with: drover runs',
    });
  }
}
