// What came to stand on the new tables from outside: it would follow them out, or stand on nothing.

import { DroverError } from '../../../shared/errors.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Published } from './published.ts';

/** Throws `run.depended-on` with names. */
export function refuseDependants(published: Published, catalog: Catalog): void {
  const { run, target } = published;
  // A table into which rows went stays where it is, and so does what stands on it.
  const tables = published.tables.filter(({ merge }) => merge === null);
  const own = ownForeignKeys(published, catalog);
  const staying = new Set<string>(target.capabilities.staysBehindOnReplace);
  const found = tables.flatMap(({ target: { name: table }, existing }) => {
    const dependants = catalog.tables.find(({ name }) => name === table)?.dependants ?? [];
    return (
      dependants
        // Where an old table comes back, whatever finds its table by name finds that one.
        .filter(({ kind }) => existing === null || staying.has(kind))
        .filter(({ kind, name }) => (kind !== 'foreign key' || !own.has(name)) && !name.includes(run))
        .map(({ kind, name }) => `${kind} ${name} on ${table}`)
    );
  });
  if (found.length === 0) return;
  const [first, ...others] = found;
  throw new DroverError('run.depended-on', `Something outside the run stands on its tables: ${first}.`, {
    cause: others.length > 0 ? `Also: ${others.join('; ')}.` : null,
    hint: 'Drop it, roll back, and make it again on the old tables where they serve it as well.',
    where: { side: 'target' },
  });
}

/** Names, as catalogues give them, of foreign keys between the tables of the run. */
function ownForeignKeys({ tables }: Published, catalog: Catalog): Set<string> {
  const names = new Set(tables.map(({ target }) => target.name));
  return new Set(
    catalog.tables
      .filter(({ name }) => names.has(name))
      .flatMap(({ name, foreignKeys }) =>
        foreignKeys.flatMap((key) => [
          `${name}.${key.name}`,
          `${catalog.schema ?? catalog.database}.${name}.${key.name}`,
        ]),
      ),
  );
}
