// Verifies a migration again: reads both databases as they are now and compares them.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Access } from '../../shared/model/connection.ts';
import type { Feed, Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Report, TableReport } from '../../shared/model/report.ts';
import { summarize } from '../../shared/summary.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { type Compared, compareTable } from '../pipeline/compare.ts';
import { createExecutor } from '../pipeline/executor.ts';
import { lookupOrders } from '../pipeline/lookup-orders.ts';
import type { Shaping } from '../pipeline/order.ts';
import { tableWork } from '../pipeline/table-work.ts';
import { newRunId } from '../support/ids.ts';
import { parallel } from '../support/parallel.ts';
import type { Comparable } from './written.ts';

export interface Verification {
  readonly plan: Plan;
  readonly project: string;
  readonly source: { readonly access: Access; readonly url: string; readonly capabilities: Capabilities };
  readonly target: { readonly access: Access; readonly url: string; readonly capabilities: Capabilities };
  readonly shaping: Omit<Shaping, 'lookups'>;
  readonly workerUrl: URL;
  readonly droverVersion: string;
  readonly comparable: Comparable;
}

const WORKERS = 2;

/** What only warns does not speak against it; what nobody could ask does. */
function isMet({ broken, onBreak }: Plan['rules'][number]): boolean {
  return broken === 0 || (onBreak === 'warn' && broken !== null);
}

/** Reads only. The two sides are not frozen: what is written meanwhile shows as a difference. */
export async function verifyAgain(verification: Verification): Promise<Report> {
  const { plan, source, target, comparable } = verification;
  const startedAt = new Date().toISOString();
  const executor = createExecutor(verification.workerUrl, WORKERS);
  const lookups = await mkdtemp(join(tmpdir(), 'drover-'));
  const sides = { ...verification, shaping: { ...verification.shaping, lookups } };
  try {
    await executor.open({ source: source.access, target: target.access, run: null, token: null });
    const orders = lookupOrders(comparable.tables, lookups, null, comparable.known);
    await parallel(orders, WORKERS, (lookup) => executor.run({ kind: 'lookup', lookup }));
    const tables = await parallel(comparable.tables, WORKERS, async (table): Promise<TableReport> => {
      const began = performance.now();
      const compared = await compareTable({
        executor,
        feeds: [comparedIn(table, table), ...table.feeds.map((feed) => comparedIn(table, feed))],
        progress: () => undefined,
      });
      return { ...compared, structure: [], seconds: { load: 0, index: 0, verify: (performance.now() - began) / 1000 } };
    });
    const report: Omit<Report, 'summary'> = {
      run: newRunId(),
      project: verification.project,
      kind: 'verification',
      verdict: tables.every((table) => table.equal) && plan.rules.every(isMet) ? 'verified' : 'different',
      source: { url: source.url, server: plan.source },
      target: { url: target.url, server: plan.target },
      startedAt,
      finishedAt: new Date().toISOString(),
      tables,
      left: [],
      rules: plan.rules.map(({ query: _, ...rule }) => rule),
      findings: [...comparable.findings, ...plan.findings],
      backups: [],
      steps: [],
      error: null,
      rolledBackAt: null,
      takenBack: [],
      signatures: [],
      droverVersion: verification.droverVersion,
    };
    return { ...report, summary: summarize(report) };
  } finally {
    await executor.close();
    await rm(lookups, { recursive: true, force: true });
  }

  function comparedIn(table: TablePlan, feed: Feed): Compared {
    const work = tableWork(sides, table, null, feed);
    const targetFilter = comparable.written.get(table.target.name);
    return { work: targetFilter === undefined ? work : { ...work, targetFilter }, computed: null, source: null };
  }
}
