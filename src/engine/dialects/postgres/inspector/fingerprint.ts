// The fingerprint: equal for equal structures, whatever the data, the statistics and the order of creation.

import { createHash } from 'node:crypto';
import type { Table } from '../../../../shared/model/catalog.ts';

export function fingerprint(tables: readonly Table[]): string {
  const structure = tables
    .map((table) => ({
      name: table.name,
      kind: table.kind,
      comment: table.comment,
      columns: table.columns.map(({ identity, ...column }) => ({ ...column, identity: identity?.always ?? null })),
      primaryKey: table.primaryKey,
      uniques: sorted(table.uniques),
      indexes: sorted(table.indexes),
      foreignKeys: sorted(table.foreignKeys),
      checks: sorted(table.checks),
    }))
    .sort((a, b) => compare(a.name, b.name));
  return createHash('sha256').update(JSON.stringify(structure)).digest('hex');
}

function sorted<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compare(a.name, b.name));
}

/** By code units: the order must not depend on a locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
