// From what the steps made to the report that tells how the run ended.

import type { DroverError } from '../../shared/errors.ts';
import type { Report, Verdict } from '../../shared/model/report.ts';
import type { RunState } from '../../shared/model/run.ts';
import type { RunContext } from './job.ts';

export function reportOf(
  { job, made }: RunContext,
  state: RunState,
  error: DroverError | null,
  steps: Report['steps'],
): Report {
  const tables = job.plan.tables.flatMap((table) => made.tables.get(table.source) ?? []);
  const published = state === 'published';
  return {
    run: job.identity.id,
    project: job.project,
    kind: 'run',
    verdict: verdictOf(state, tables),
    summary: summarise(state, tables, error),
    source: { url: job.source.url, server: job.plan.source },
    target: { url: job.target.url, server: job.plan.target },
    startedAt: job.startedAt,
    finishedAt: new Date().toISOString(),
    tables,
    findings: job.plan.findings,
    backups: published
      ? job.plan.tables
          .filter((table) => table.existing !== null)
          .map((table) => ({ table: table.target.name, keptAs: made.publisher?.backupName(table.target.name) ?? '' }))
      : [],
    steps,
    error: error?.data ?? null,
    droverVersion: job.droverVersion,
  };
}

function verdictOf(state: RunState, tables: Report['tables']): Verdict {
  if (tables.some((table) => !table.equal)) return 'different';
  return state === 'published' ? 'verified' : 'failed';
}

function summarise(state: RunState, tables: Report['tables'], error: DroverError | null): string {
  const rows = tables.reduce((sum, table) => sum + table.targetRows, 0).toLocaleString('en');
  switch (state) {
    case 'published': {
      const changed = tables.reduce(
        (sum, table) => sum + table.changes.reduce((all, change) => all + change.rows, 0),
        0,
      );
      const but = changed > 0 ? `, ${changed.toLocaleString('en')} values changed as decided` : '';
      return `All ${rows} rows arrived${but}; every checksum matches.`;
    }
    case 'refused':
      return `Refused before anything was touched: ${error?.message ?? ''}`;
    case 'rolled back':
      return `Rolled back, the target is as it was before: ${error?.message ?? ''}`;
    case 'running':
    case 'interrupted':
    case 'unknown':
      return `The state of the target is not certain: ${error?.message ?? ''}`;
  }
}
