// The names of everything a run makes in an SQLite file, which has no namespaces: prefixes tell whose they are.

import type { RunIdentity, TableName } from '../session.ts';

const OF_A_RUN = /^drover_([0-9a-z]{12})_(?:[sbna]_|control$|ledger$|merged$)/i;

export function stagedPrefix(run: RunIdentity): string {
  return `drover_${run.id}_s_`;
}

export function backupPrefix(run: RunIdentity): string {
  return `drover_${run.id}_b_`;
}

/** The rows that went into a table which stands there, as publish left them. */
export function addedPrefix(run: RunIdentity): string {
  return `drover_${run.id}_a_`;
}

/** New tables that were taken back with rows in them that somebody wrote after the run. */
export function asidePrefix(run: RunIdentity): string {
  return `drover_${run.id}_n_`;
}

export function controlTable(run: RunIdentity): string {
  return `drover_${run.id}_control`;
}

export function ledgerTable(run: RunIdentity): string {
  return `drover_${run.id}_ledger`;
}

/** One row for each table into which rows went, written in the act that put them there. */
export function mergedTable(run: RunIdentity): string {
  return `drover_${run.id}_merged`;
}

/** The name in the file, of a table in its final place or in staging. */
export function physicalName({ name, staging }: TableName): string {
  return staging ? stagedPrefix(staging) + name : name;
}

/** Index names are one namespace with those of tables, so a staged index carries its table's name too. */
export function stagedIndex(run: RunIdentity, table: string, index: string): string {
  return `${stagedPrefix(run)}${table}__${index}`;
}

/** The run that a backup is of, and the name that the table had; null for every other table. */
export function backupIn(name: string): { readonly run: string; readonly table: string } | null {
  const [, run, table] = /^drover_([0-9a-z]{12})_b_(.+)$/s.exec(name) ?? [];
  return run !== undefined && table !== undefined ? { run, table } : null;
}

/** The run that made this table; null for the user's own. */
export function runIn(name: string): string | null {
  return OF_A_RUN.exec(name)?.[1] ?? null;
}

/** Made by this or another run of Drover: no part of the user's structure. */
export function isOfARun(name: string): boolean {
  return OF_A_RUN.test(name);
}

/** What a constraint without a name is called in the catalogue; such a name is not written back. */
export function madeUpName(
  kind: 'pk' | 'uq' | 'fk' | 'ck',
  table: string,
  parts: readonly (string | number)[],
): string {
  return [kind, table, ...parts].join('_');
}
