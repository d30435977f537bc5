// Asks the target, without any contender, whether all rows, indexes and foreign keys are there: equal work, or no figure.

import type { Family } from '../../src/shared/model/connection.ts';
import type { DataSet } from '../data/tables.ts';
import { type Address, ask } from '../engines.ts';

/** What is missing, in words; null when nothing is. */
export async function missingIn(target: Address, set: DataSet): Promise<string | null> {
  try {
    return (await missingRows(target, set)) ?? (await missingStructure(target, set));
  } catch (error) {
    return `the target could not be asked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export async function missingRows(target: Address, set: DataSet): Promise<string | null> {
  for (const { name, rows } of set.tables) {
    const found = Number((await ask(target, `SELECT count(*) FROM ${name}`))[0]?.[0]);
    if (found !== rows) return `${found} of ${rows} rows of ${name} arrived`;
  }
  return null;
}

async function missingStructure(target: Address, set: DataSet): Promise<string | null> {
  const [indexes, foreignKeys] = ((await ask(target, STRUCTURE[target.family]))[0] ?? []).map(Number);
  const wantedIndexes = set.tables.reduce((sum, table) => sum + table.indexes.length, 0);
  const wantedKeys = set.tables.filter(({ references }) => references).length;
  if (indexes !== wantedIndexes) return `${indexes} of ${wantedIndexes} indexes are there`;
  if (foreignKeys !== wantedKeys) return `${foreignKeys} of ${wantedKeys} foreign keys are there`;
  return null;
}

/** Two numbers: indexes besides the primary keys, and foreign keys. */
const STRUCTURE: Readonly<Record<Family, string>> = {
  postgres: `
    SELECT (SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            WHERE NOT i.indisprimary AND i.indisvalid AND c.relnamespace = 'public'::regnamespace),
           (SELECT count(*) FROM pg_constraint
            WHERE contype = 'f' AND convalidated AND connamespace = 'public'::regnamespace)`,
  mysql: `
    SELECT (SELECT count(DISTINCT table_name, index_name) FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY'),
           (SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE())`,
  sqlite: `
    SELECT (SELECT count(*) FROM sqlite_master m, pragma_index_list(m.name) l
            WHERE m.type = 'table' AND l.origin <> 'pk'),
           (SELECT count(*) FROM sqlite_master m, pragma_foreign_key_list(m.name) WHERE m.type = 'table')`,
};
