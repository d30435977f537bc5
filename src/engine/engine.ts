// The engine: one method for each call and stream of the contract. It prints nothing and knows no screen.

import type { Endpoint } from '../shared/contract.ts';
import type { Family } from '../shared/model/connection.ts';
import { aside } from './aside/dialect.ts';
import { createThreads } from './aside/threads.ts';
import { resolveEndpoint } from './connect/endpoint.ts';
import { createTunnels } from './connect/tunnels.ts';
import { connectingCalls } from './connecting.ts';
import { loadDialect, urlForms } from './dialects/index.ts';
import type { CallHandlers, Open, StreamHandlers } from './handlers.ts';
import { importProject } from './importing.ts';
import { createRecall } from './inspect/recall.ts';
import { lastingCalls } from './lasting.ts';
import { leavingCalls } from './leaving.ts';
import { createLooker } from './looking.ts';
import { parseProject } from './map/project-file.ts';
import { makePlan, makeProject, type Pair } from './planning.ts';
import { reportingCalls, type Verify } from './reporting.ts';
import { withStore } from './run/store/store.ts';
import { supervise } from './supervising.ts';
import { verifyNow } from './verifying.ts';

/** What the engine needs from whoever hosts it. */
export interface EnginePorts {
  /** The data folder: history, journal, artifacts (DROVER_HOME). */
  readonly home: string;
  /** The worker thread's script, source or built. */
  readonly workerUrl: URL;
  readonly version: string;
  /** Where ambient passwords are looked for. */
  readonly environment: NodeJS.ProcessEnv;
  /** What the host keeps for a connection, by its URL without password; absent where it keeps nothing. */
  readonly passwordOf?: (url: string) => Promise<string | null>;
}

export interface Engine {
  readonly calls: CallHandlers;
  readonly streams: StreamHandlers;
}

export function createEngine(ports: EnginePorts): Engine {
  const asking = { recall: createRecall(), workerUrl: ports.workerUrl, environment: ports.environment };
  const threads = createThreads(ports.workerUrl);
  const families = { forms: urlForms, load: async (family: Family) => aside(await loadDialect(family), threads) };
  const ways = { ...ports, tunnels: createTunnels(ports) };
  const open: Open = (endpoint) => resolveEndpoint(endpoint, families, ways);
  const openPair = async (input: { source: Endpoint; target: Endpoint }): Promise<Pair> => ({
    source: await open(input.source),
    target: await open(input.target),
  });

  const looker = createLooker(open, asking);
  const supervisor = supervise(openPair, open, { ...ports, ...asking });

  const verify: Verify = async (input) => verifyNow(await openPair(input), input, { ...ports, ...asking });

  return {
    calls: {
      ...connectingCalls(families, open, ports),
      ...looker.calls,
      ...lastingCalls(openPair, families, asking),
      ...supervisor.calls,
      ...leavingCalls(open, ports.home),
      'map.load': async (input) => importProject(await openPair(input), input, asking),
      map: async (input) => makeProject(await openPair(input), input, asking),
      plan: async (input) => makePlan(await openPair(input), input.project, asking),
      ...reportingCalls(ports.home, verify),
      verify,
      'run.project': async ({ run }) =>
        withStore(ports.home, async (store) => parseProject((await store.find(run)).projectFile)),
      runs: async () => withStore(ports.home, (store) => store.runs()),
    },
    streams: {
      'inspect.profile': looker.profile,
      run: supervisor.run,
      'run.again': supervisor.again,
      'run.watch': supervisor.watch,
    },
  };
}
