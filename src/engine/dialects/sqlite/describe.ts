// The columns of a SELECT. What is computed has no type of its own in SQLite: its values will tell.

import type { Database } from 'better-sqlite3';
import type { DescribedColumn } from '../session.ts';
import { parseType } from './type-parse.ts';

export function describe(db: Database, query: string): readonly DescribedColumn[] {
  const columns = db.prepare(`SELECT * FROM (${query}) AS described`).columns();
  return columns.map(({ name, type }) => ({ name, native: type ?? '', logical: parseType(type ?? '') }));
}
