// The names a run makes in the target: its schemas, control row and ledger.

import type { RunIdentity, TableName } from '../session.ts';
import { qualified } from './syntax.ts';

/** Holds the new tables under their final names until they are published. */
export function stagingSchema(run: RunIdentity): string {
  return `drover_${run.id}`;
}

/** Holds the tables that were replaced. */
export function backupSchema(run: RunIdentity): string {
  return `drover_${run.id}_backup`;
}

/** Holds the rows that went into tables which stand there, as publish left them. */
export function addedSchema(run: RunIdentity): string {
  return `drover_${run.id}_added`;
}

/** The remark on a backup schema, which tells from where its tables were taken. */
export function backupRemark(schema: string): string {
  return `Tables that were replaced in schema ${schema}.`;
}

/** The remark on a control schema, which tells the same while there is no backup. */
export function controlRemark(schema: string): string {
  return `Drover at work on schema ${schema}.`;
}

/** Holds new tables that were taken back with rows in them that somebody wrote after the run. */
export function asideSchema(run: RunIdentity): string {
  return `drover_${run.id}_newer`;
}

/** Holds control row and ledger: a schema of its own, so that no staged table can collide with them. */
export function controlSchema(run: RunIdentity): string {
  return `drover_${run.id}_control`;
}

export function controlTable(run: RunIdentity): string {
  return qualified(controlSchema(run), 'control');
}

export function ledgerTable(run: RunIdentity): string {
  return qualified(controlSchema(run), 'ledger');
}

/** One row for each table into which rows went, written in the act that put them there. */
export function mergedTable(run: RunIdentity): string {
  return qualified(controlSchema(run), 'merged');
}

/** Unqualified in the user's own schema: the session's search path holds that schema alone. */
export function tableReference(table: TableName): string {
  return qualified(table.staging && stagingSchema(table.staging), table.name);
}
