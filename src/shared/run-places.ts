// Where a run works and what it keeps, by the names that stand in the target.

import { assertNever } from './errors.ts';
import type { Family } from './model/connection.ts';

/** Where something is, in words, and the name it has there. */
export interface Whereabouts {
  readonly words: string;
  readonly name: string;
}

/** Where replaced tables are kept. The run's name is given when it starts; until then it is `<run>`. */
export function backupPlace(family: Family, run: string): Whereabouts {
  switch (family) {
    case 'postgres':
      return { words: 'the schema', name: `drover_${run}_backup` };
    case 'mysql':
      return { words: 'the database', name: `drover_${run}_backup` };
    case 'sqlite':
      return { words: 'the same file, under names that begin with', name: `drover_${run}_b_` };
    default:
      return assertNever(family);
  }
}

export function backupName(family: Family, run: string, table: string): string {
  return family === 'sqlite' ? `drover_${run}_b_${table}` : `drover_${run}_backup.${table}`;
}

/** What was overwritten, and what was written, of a table into which rows go. */
export function mergeBackupNames(family: Family, run: string, table: string): string {
  const added = family === 'sqlite' ? `drover_${run}_a_${table}` : `drover_${run}_added.${table}`;
  return `${backupName(family, run, table)} and ${added}`;
}

/** Where a run works until it publishes. */
export function stagingPlace(family: Family, run: string): Whereabouts {
  switch (family) {
    case 'postgres':
      return { words: 'the schema', name: `drover_${run}` };
    case 'mysql':
      return { words: 'the database', name: `drover_${run}` };
    case 'sqlite':
      return { words: 'tables whose names begin with', name: `drover_${run}_s_` };
    default:
      return assertNever(family);
  }
}

/** What a person types before the target changes: the database's name, or the file's. */
export function targetName(url: string): string {
  const [, name = ''] = /([^/\\:]+)[/\\]*$/.exec(url.replace(/[?#].*$/, '')) ?? [];
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
