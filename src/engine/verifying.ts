// Verifying: plans a project anew, asks its business rules again, and compares what both databases hold now.

import { DroverError } from '../shared/errors.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { Report } from '../shared/model/report.ts';
import type { RunSummary } from '../shared/model/run.ts';
import { askAgain } from './plan/sql-rules.ts';
import { makePlan, type Pair, type PlanningPorts } from './planning.ts';
import { verifyAgain } from './report/verify.ts';
import { type Comparable, comparable, NEVER_RETRIED, type Retried, withoutRetried } from './report/written.ts';
import type { Verify } from './reporting.ts';
import { readLeftOut, readPublishedTables, readReport } from './run/records.ts';
import { publishedRetries } from './run/retries.ts';
import { withStore } from './run/store/store.ts';
import { namedSecrets } from './support/secrets.ts';

export interface VerifyingPorts extends PlanningPorts {
  readonly home: string;
  readonly version: string;
}

export async function verifyNow(
  pair: Pair,
  { project, run }: Parameters<Verify>[0],
  ports: VerifyingPorts,
): Promise<Report> {
  const { source, target } = pair;
  if (run !== undefined) await refuseUnpublished(run, ports.home);
  const merging = project.mode === 'append' || project.mode === 'upsert';
  const plan = await makePlan(pair, merging ? project : { ...project, mode: 'replace' }, ports);
  const asked = await rulesNow(plan, pair);
  return verifyAgain({
    comparable: await comparableIn(plan, pair, run, ports),
    plan: { ...plan, rules: [...asked.rules], findings: [...asked.findings, ...plan.findings] },
    project: project.name,
    source: { ...source, capabilities: source.dialect.capabilities(plan.source) },
    target: { ...target, capabilities: target.dialect.capabilities(plan.target) },
    shaping: { secrets: namedSecrets(ports.environment), now: new Date().toISOString() },
    workerUrl: ports.workerUrl,
    droverVersion: ports.version,
  });
}

/** What stands in the target would be compared under the name of a run that has no part in it. */
async function refuseUnpublished(run: string, home: string): Promise<void> {
  const { state } = await withStore(home, (store) => store.find(run));
  if (state === 'published') return;
  throw new DroverError('run.not-published', `Run ${run} is not published: nothing of it can be compared.`, {
    cause: `Its state is: ${state}.`,
    hint: 'See in the history what can be done about it.',
    command: 'drover runs',
  });
}

/** The source was asked by the plan. The target is opened to be read alone. */
async function rulesNow({ rules }: Plan, { target }: Pair): ReturnType<typeof askAgain> {
  if (rules.every(({ on }) => on === 'source')) return { rules, findings: [] };
  const session = await target.dialect.connect(target.access, { role: 'source' });
  try {
    return await askAgain(rules, session);
  } finally {
    await session.close();
  }
}

/** The target is asked for what it remembers of a run only where rows went into its tables. */
function comparableIn(
  plan: Plan,
  { target }: Pair,
  run: string | undefined,
  { home }: VerifyingPorts,
): Promise<Comparable> {
  if (run === undefined) return comparable(plan, null, new Set());
  return withStore(home, async (store) => {
    const { folder, takenBack } = await store.find(run);
    const retries = await publishedRetries(folder, await store.runs());
    const retried = await retriedIn(
      target,
      retries.map((retry) => retry.run),
    );
    // Without its records nobody knows; then all tables are compared.
    const leftOut = await readLeftOut(folder, run).catch(() => new Set<string>());
    const left = new Set([...leftOut, ...takenBack]);
    if (plan.tables.every(({ merge }) => merge === null)) return comparable(plan, null, left, retried);
    const report = await readReport(folder, run);
    const publisher = await target.dialect.openPublisher(target.access, { id: run, epoch: 1 });
    try {
      return await comparable(plan, { report, publisher }, left, retried);
    } finally {
      await publisher.close();
    }
  });
}

async function retriedIn({ dialect, access }: Pair['target'], retries: readonly RunSummary[]): Promise<Retried> {
  let retried = NEVER_RETRIED;
  for (const { run, folder } of retries) {
    const publisher = await dialect.openPublisher(access, { id: run, epoch: 1 });
    try {
      retried = await withoutRetried(retried, { run, tables: await readPublishedTables(folder, run), publisher });
    } finally {
      await publisher.close();
    }
  }
  return retried;
}
