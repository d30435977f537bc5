// Passes of the pipeline over the sample's customers, planned as a run would plan them, whose rows nobody writes.
//
// They are made in a thread like a run's own: a heap as large as the benchmark's costs the collector processor time
// that no run pays.

import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import { createEngine } from '../../src/engine/index.ts';
import type { TableWork } from '../../src/engine/pipeline/order.ts';
import { tableWork } from '../../src/engine/pipeline/table-work.ts';
import type { ColumnMapping } from '../../src/shared/model/mapping.ts';
import { program } from '../../test/support/program.ts';
import { built } from '../built.ts';
import type { Chains } from './chains.ts';
import type { Asked, Passed, PassWork } from './pass-thread.ts';

export interface Passing {
  /** Reads, shapes and converts every row so many times; gives how many were read in all, and refused in the last. */
  pass(times: number, profile?: string): Promise<Passed>;
  close(): Promise<void>;
}

export async function openPass(folder: string, file: string, chains: Chains, signal: AbortSignal): Promise<Passing> {
  const work: PassWork = { file, work: await planned(folder, file, chains) };
  const thread = new Worker(await built(new URL('./pass-thread.ts', import.meta.url)), {
    workerData: work,
    // As the executor's threads have it.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  return {
    async pass(times, profile) {
      thread.postMessage({ times, profile: profile ?? null } satisfies Asked);
      const [passed] = (await once(thread, 'message', { signal })) as [Passed];
      return passed;
    },
    async close() {
      await thread.terminate();
    },
  };
}

/** By the engine's own map and plan, into a file that is never filled. */
async function planned(folder: string, file: string, { columns }: Chains): Promise<TableWork> {
  const { calls } = createEngine({
    home: join(folder, 'home'),
    workerUrl: pathToFileURL(program('worker')),
    version: 'bench',
    environment: {},
  });
  const source = { url: `sqlite:${file}`, password: null };
  const target = { url: `sqlite:${join(folder, 'nowhere.db')}`, password: null };
  const project = await calls.map({ source, target, name: 'bench', tables: ['customers'] });
  const withSteps = (column: ColumnMapping): ColumnMapping => {
    const chain = columns[column.source];
    return chain ? { ...column, type: chain.type ?? column.type, steps: [...chain.steps] } : column;
  };
  const plan = await calls.plan({
    source,
    target,
    project: {
      ...project,
      errors: { onError: 'quarantine', percent: 100 },
      tables: project.tables.map((table) => ({ ...table, columns: table.columns.map(withSteps) })),
    },
  });
  const blocker = plan.findings.find(({ severity }) => severity === 'blocker');
  if (blocker) throw new Error(`The plan of the chains is blocked: ${blocker.message}`);
  const { capabilities } = await loadDialect('sqlite');
  const sides = {
    source: { capabilities: capabilities(plan.source) },
    target: { capabilities: capabilities(plan.target) },
    shaping: { secrets: {}, now: new Date().toISOString(), lookups: '' },
  };
  return tableWork(sides, plan.tables.find((table) => table.source === 'customers')!, null);
}
