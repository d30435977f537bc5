// The records of a run, read back from its folder: plan, report, audit log.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { DroverError } from '../../shared/errors.ts';
import { type Plan, plan } from '../../shared/model/plan.ts';
import { type Report, report } from '../../shared/model/report.ts';
import { type AuditEntry, auditEntry, checkpoint } from '../../shared/model/run.ts';

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
  const text = await readFile(join(folder, 'audit.ndjson'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const entry = auditEntry.safeParse(parsed(line));
    return entry.success ? [entry.data] : [];
  });
}

async function read<T>(path: string, schema: z.ZodType<T>, message: string): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new DroverError('run.no-such-run', message, {
      cause: error instanceof Error ? error.message : null,
      hint: 'A run that was killed has none; see the list of runs with: drover runs',
    });
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
