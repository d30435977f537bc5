// A pass of the pipeline over the sample's customers, planned as a run would plan it, whose rows nobody writes.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import { createEngine } from '../../src/engine/index.ts';
import type { TableWork } from '../../src/engine/pipeline/order.ts';
import { batchesOf, planPass } from '../../src/engine/pipeline/scan.ts';
import { tableWork } from '../../src/engine/pipeline/table-work.ts';
import type { ColumnMapping } from '../../src/shared/model/mapping.ts';
import { program } from '../../test/support/program.ts';
import type { Chains } from './chains.ts';

export interface Passing {
  /** Reads, shapes and converts every row once; gives how many were read and how many of them refused. */
  pass(signal: AbortSignal): Promise<{ readonly read: number; readonly refused: number }>;
  close(): Promise<void>;
}

export async function openPass(folder: string, file: string, chains: Chains): Promise<Passing> {
  const dialect = await loadDialect('sqlite');
  const { connection } = dialect.url.parse(`sqlite:${file}`);
  const reader = await dialect.openReader({ connection, password: null }, null, 'source');
  const work = await planned(folder, file, chains);
  return {
    async pass(signal) {
      const each = planPass(work, 'source');
      let moved = 0;
      for await (const batch of batchesOf(reader, each, signal)) moved += batch.rows;
      const refused = each.refused?.rows ?? 0;
      return { read: moved + refused, refused };
    },
    close: () => reader.close(),
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
