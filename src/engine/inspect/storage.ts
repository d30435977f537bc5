// What databases with dynamic types are asked before anything else: how the values of each column are stored.

import type { Catalog } from '../../shared/model/catalog.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { storageQuestions } from '../dialects/observed.ts';
import type { ProfileRequest } from '../dialects/session.ts';

/** None where a column's type binds its values. */
export function storageRequests(catalog: Catalog, dialect: Dialect): ProfileRequest[] {
  if (!dialect.capabilities(catalog.server).dynamicTypes) return [];
  return catalog.tables.map((table) => ({
    table: { name: table.name, staging: null, ...(table.query === undefined ? {} : { query: table.query }) },
    filter: null,
    questions: table.columns.map(({ name, logical }) => ({ column: name, logical, ask: storageQuestions(logical) })),
  }));
}
