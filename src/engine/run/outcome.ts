// From what the steps made to the report that tells how the run ended.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Report, Verdict } from '../../shared/model/report.ts';
import type { RunState, RunSummary } from '../../shared/model/run.ts';
import { summarize } from '../../shared/summary.ts';
import type { RunContext } from './job.ts';
import { leftTables, movingTables } from './left-out.ts';
import { keepsBackup } from './publication.ts';

export function reportOf(
  context: Pick<RunContext, 'job' | 'made'>,
  state: RunState,
  error: DroverError | null,
  steps: Report['steps'],
): Report {
  const { job, made } = context;
  const moving = movingTables(context);
  const left = leftTables(context);
  const tables = moving.flatMap((table) => made.tables.get(table.source) ?? []);
  const published = state === 'published';
  const evidence = {
    run: job.identity.id,
    project: job.project,
    kind: 'run' as const,
    verdict: verdictOf(state, tables, left),
    source: { url: job.source.url, server: job.plan.source },
    target: { url: job.target.url, server: job.plan.target },
    startedAt: job.startedAt,
    finishedAt: new Date().toISOString(),
    tables,
    left,
    rules: made.rules,
    findings: job.plan.findings,
    backups: published ? moving.filter(keepsBackup).flatMap((table) => backupsFor(table, made)) : [],
    steps,
    error: error?.data ?? null,
    rolledBackAt: null,
    takenBack: [],
    signatures: [],
    droverVersion: job.droverVersion,
  };
  return { ...evidence, summary: inOneSentence(state, evidence, error) };
}

/** Of a run that was interrupted and then rolled back: it could not write one itself. */
export function undoneReport(
  { run, project, source, target, startedAt }: RunSummary,
  plan: Plan,
  droverVersion: string,
): Report {
  const error = new DroverError('run.interrupted', 'The run was interrupted.');
  const evidence = {
    run,
    project,
    kind: 'run' as const,
    verdict: 'failed' as const,
    source: { url: source, server: plan.source },
    target: { url: target, server: plan.target },
    startedAt,
    finishedAt: new Date().toISOString(),
    tables: [],
    rules: [],
    findings: plan.findings,
    left: [],
    backups: [],
    steps: [],
    error: error.data,
    rolledBackAt: null,
    takenBack: [],
    signatures: [],
    droverVersion,
  };
  return { ...evidence, summary: inOneSentence('rolled back', evidence, error) };
}

/** Of a table into which rows went both are kept: what was overwritten, and what was written. */
function backupsFor({ target: { name }, merge }: TablePlan, { publisher }: RunContext['made']): Report['backups'] {
  const names = [publisher?.backupName(name), merge ? publisher?.addedName(name) : undefined];
  return names.flatMap((keptAs) => (keptAs === undefined ? [] : [{ table: name, keptAs }]));
}

function verdictOf(state: RunState, tables: Report['tables'], left: Report['left']): Verdict {
  if (tables.some((table) => !table.equal)) return 'different';
  switch (state) {
    case 'held':
    case 'published':
    case 'rehearsed':
    case 'undone':
      return left.length > 0 ? 'partial' : 'verified';
    case 'running':
    case 'rolled back':
    case 'refused':
    case 'interrupted':
    case 'unknown':
      return 'failed';
  }
}

/** What is known of the rows, and where the target stands. */
function inOneSentence(state: RunState, evidence: Omit<Report, 'summary'>, error: DroverError | null): string {
  switch (state) {
    case 'published':
      return `${verifiedWords(evidence)}.`;
    case 'held':
      return `${verifiedWords(evidence)}; it waits to be published.`;
    case 'rehearsed':
      return `Rehearsed: ${verifiedWords(evidence)}; then all of it was taken back, and the target is as it was before.`;
    case 'refused':
      return `Refused before anything was touched: ${error?.message ?? ''}`;
    case 'rolled back':
      return `Rolled back, the target is as it was before: ${error?.message ?? ''}`;
    case 'undone':
      return 'Published, then rolled back: the target is as it was before.';
    case 'interrupted':
      return `Interrupted, to be resumed or rolled back: ${error?.message ?? ''}`;
    case 'running':
    case 'unknown':
      return `The state of the target is not certain: ${error?.message ?? ''}`;
  }
}

function verifiedWords(evidence: Omit<Report, 'summary'>): string {
  const changed = evidence.tables
    .flatMap((table) => table.changes)
    .filter((change) => change.changed)
    .reduce((sum, change) => sum + change.rows, 0);
  return `${summarize(evidence)}${changed > 0 ? `; ${many(changed, 'value')} changed as decided` : ''}`;
}
