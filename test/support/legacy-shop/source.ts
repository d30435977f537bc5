// The legacy shop as the oracle wants it: every value as text.

import Database from 'better-sqlite3';
import type { SourceRow } from './judged.ts';
import type { LegacyShop } from './oracle.ts';

export function readLegacyShop(file: string): LegacyShop {
  const database = new Database(file, { readonly: true });
  try {
    return {
      customers: textsOf(database, 'customers'),
      products: textsOf(database, 'products'),
      orders: textsOf(database, 'orders'),
    };
  } finally {
    database.close();
  }
}

function textsOf(database: Database.Database, table: string): SourceRow[] {
  const columns = database.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
  const texts = columns.map((column) => `CAST(${column} AS TEXT) AS ${column}`).join(', ');
  return database.prepare(`SELECT ${texts} FROM ${table}`).all() as SourceRow[];
}
