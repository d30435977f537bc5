// The artifacts of a run: the files in its folder that outlive it.

import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../shared/model/mapping.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Checkpoint, RunState, StepName } from '../../shared/model/run.ts';
import type { RunContext } from './job.ts';

export type RenderReport = (report: Report, format: 'md' | 'html' | 'json') => { readonly text: string };

export interface Artifacts {
  readonly folder: string;
  /** One line per action: time, step, state, detail. */
  audit(step: StepName, state: string, detail: string | null): Promise<void>;
  checkpoint(context: RunContext, step: StepName, status: RunState): Promise<void>;
  /** One line in the table's own log. */
  table(table: string, entry: Readonly<Record<string, unknown>>): Promise<void>;
  report(report: Report): Promise<void>;
  ended(context: RunContext, state: RunState): Promise<void>;
}

/** Makes the folder and writes what is known before the start: plan and mapping. */
export async function openArtifacts(
  folder: string,
  project: Project,
  plan: Plan,
  render: RenderReport,
): Promise<Artifacts> {
  await mkdir(join(folder, 'tables'), { recursive: true });
  await writeFile(join(folder, 'migration_plan.json'), pretty(plan));
  await writeFile(join(folder, 'schema_mapping.json'), pretty(project));
  let last: StepName = 'preflight';
  let writing: Promise<void> = Promise.resolve();

  /** One after the other: tables complete side by side, and the last word must be the latest. */
  function checkpoint(context: RunContext, step: StepName, status: RunState): Promise<void> {
    last = step;
    const write = () => replaceFile(join(folder, 'checkpoint.json'), pretty(checkpointOf(context, step, status)));
    writing = writing.then(write, write);
    return writing;
  }

  return {
    folder,
    checkpoint,
    async audit(step, state, detail) {
      await appendFile(join(folder, 'audit.ndjson'), line({ at: new Date().toISOString(), step, state, detail }));
    },
    async table(table, entry) {
      await appendFile(
        join(folder, 'tables', `${fileName(table)}.ndjson`),
        line({ at: new Date().toISOString(), ...entry }),
      );
    },
    async report(report) {
      for (const format of ['md', 'html', 'json'] as const) {
        await replaceFile(join(folder, `verification_report.${format}`), render(report, format).text);
      }
    },
    async ended(context, state) {
      await checkpoint(context, last, state);
    },
  };
}

function checkpointOf(context: RunContext, step: StepName, status: RunState): Checkpoint {
  const { job, made } = context;
  const completed = job.plan.tables.filter(
    (table) => (made.loads.get(table.source)?.length ?? 0) >= table.chunks.length,
  );
  const pending = job.plan.tables.filter((table) => !completed.includes(table));
  return {
    migration_id: job.identity.id,
    current_phase: step,
    tables_completed: completed.map((table) => table.target.name),
    tables_pending: pending.map((table) => table.target.name),
    rollback_point: step === 'finish' ? null : 'preflight',
    started_at: job.startedAt,
    last_checkpoint: new Date().toISOString(),
    status,
  };
}

/** Never half a file: a reader finds the old one or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

function fileName(table: string): string {
  return table.replace(/[^\p{L}\p{N}_.-]/gu, '_').slice(0, 100);
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
