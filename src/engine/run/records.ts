// The records of a run, read back from its folder: plan, report, audit log.

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { DroverError } from '../../shared/errors.ts';
import { type Plan, plan } from '../../shared/model/plan.ts';
import { type Report, report } from '../../shared/model/report.ts';
import { type AuditEntry, auditEntry, checkpoint, type RunState, type RunSummary } from '../../shared/model/run.ts';
import { asDroverError } from '../support/failure.ts';
import { AUDIT } from './audit.ts';

export const PLAN = 'migration_plan.json';

/** The whole report, of which all else is made. */
export const REPORT = 'verification_report.json';

const plannedTables = plan.pick({ tables: true });
export type PlannedTables = z.infer<typeof plannedTables>['tables'];

/** Throws `run.no-such-run`. */
export async function readReport(folder: string, run: string): Promise<Report> {
  return read(join(folder, REPORT), report, `Run ${run} has no report that can be read.`);
}

/** The whole plan. Throws `run.no-such-run`. */
export function readPlan(folder: string, run: string): Promise<Plan> {
  return read(join(folder, PLAN), plan, `Run ${run} has no plan that can be read.`);
}

/** The tables of the plan that the run published: all but those that it left out. Throws `run.no-such-run`. */
export async function readPublishedTables(folder: string, run: string): Promise<PlannedTables> {
  const { tables } = await read(join(folder, PLAN), plannedTables, `Run ${run} has no plan that can be read.`);
  const left = await readLeftOut(folder, run);
  return tables.filter(({ target }) => !left.has(target.name));
}

/** Tables of the target that the run left out. Throws `run.no-such-run`. */
export async function readLeftOut(folder: string, run: string): Promise<ReadonlySet<string>> {
  const path = join(folder, 'checkpoint.json');
  return new Set((await read(path, checkpoint, `Run ${run} has no checkpoint that can be read.`)).tables_left_out);
}

/** Empty for a run that ended before its first step; a line that a killed process left unfinished is left out. */
export async function readAudit(folder: string): Promise<AuditEntry[]> {
  const text = await readFile(join(folder, AUDIT), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const entry = auditEntry.safeParse(parsed(line));
    return entry.success ? [entry.data] : [];
  });
}

/** A run of the history whose records are there. Throws `run.records-gone`, with what can be done without them. */
export async function withRecords<R extends RunSummary>(found: R): Promise<R> {
  const { run, folder, state, target } = found;
  // It is written before anything else of a run.
  try {
    await access(join(folder, PLAN));
    return found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw asDroverError(error);
  }
  throw new DroverError('run.records-gone', `The records of run ${run} are gone.`, {
    cause: `There is no ${PLAN} in ${folder}.`,
    ...withoutRecords(run, state, target),
    where: { side: 'local' },
  });
}

function withoutRecords(run: string, state: RunState, target: string): { hint: string; command?: string } {
  switch (state) {
    case 'published':
      return {
        hint: 'Put the folder back where it was. Without it the run can no more be rolled back; its backups can be dropped.',
        command: `drover clean ${run} --target ${target}`,
      };
    case 'running':
    case 'held':
    case 'interrupted':
    case 'unknown':
      return {
        hint: 'Put the folder back where it was, or take away what the run has left in its target.',
        command: `drover rollback ${run} --target ${target}`,
      };
    case 'rehearsed':
    case 'undone':
    case 'rolled back':
    case 'refused':
      return { hint: 'Put the folder back where it was; the target holds nothing of this run any more.' };
  }
}

async function read<T>(path: string, schema: z.ZodType<T>, message: string): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new DroverError('run.no-such-run', message, {
      cause: whyUnread(path, error),
      hint: 'A run that was killed has none; see the history of runs.',
      command: 'drover runs',
    });
  }
}

function whyUnread(path: string, error: unknown): string | null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `There is no file ${path}.`;
  return error instanceof Error ? error.message : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
