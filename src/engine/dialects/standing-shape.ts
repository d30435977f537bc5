// What a table looks like into which rows go, as far as they depend on it: compared between the plan and the moment they go.

import { createHash } from 'node:crypto';
import type { Catalog } from '../../shared/model/catalog.ts';

/** A digest of its columns, of keys from it and to it, and of what fires for its rows; `made` names tables of the run itself. */
export function standingShape(name: string, { tables }: Pick<Catalog, 'tables'>, made: ReadonlySet<string>): string {
  const table = tables.find((each) => each.name === name);
  if (!table) return '';
  const columns = table.columns.map((column) => [column.name, column.native, column.nullable, column.generated]);
  const referrers = tables
    .filter((other) => !made.has(other.name))
    .flatMap((other) =>
      other.foreignKeys
        .filter((key) => key.references.table === name)
        .map((key) => [other.name, key.name, key.columns, key.references.columns]),
    );
  const firing = table.dependants
    .filter(({ kind }) => kind === 'trigger' || kind === 'rule')
    .map(({ kind, name: own }) => [kind, own]);
  const own = table.foreignKeys.map((key) => [key.name, key.columns, key.references]);
  return createHash('sha256')
    .update(JSON.stringify([columns, own, referrers, firing]))
    .digest('hex')
    .slice(0, 32);
}
