// The fingerprint: equal for equal structures, whatever the data, the statistics and the order of creation.

import { createHash } from 'node:crypto';
import type { Table } from '../../../../shared/model/catalog.ts';
import { inOrder } from '../../ordered.ts';

export function fingerprint(tables: readonly Table[]): string {
  const structure = inOrder(tables).map((table) => ({
    name: table.name,
    kind: table.kind,
    comment: table.comment,
    columns: table.columns.map(({ identity, ...column }) => ({
      ...column,
      identity: identity?.always ?? null,
      ...(identity?.step === undefined ? {} : { step: identity.step }),
    })),
    primaryKey: table.primaryKey,
    uniques: table.uniques,
    indexes: table.indexes,
    foreignKeys: table.foreignKeys,
    checks: table.checks,
  }));
  return createHash('sha256').update(JSON.stringify(structure)).digest('hex');
}
