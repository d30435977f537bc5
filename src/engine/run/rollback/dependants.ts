// What came to stand on the new tables from outside and can't be put back onto the earlier ones.

import { DroverError } from '../../../shared/errors.ts';
import type { Catalog, Dependant } from '../../../shared/model/catalog.ts';
import { dependantWords } from '../../dialects/carrying.ts';
import { nameKey } from '../../dialects/names.ts';
import type { Published } from './published.ts';

/** Throws `run.depended-on` with names. */
export function refuseDependants(published: Published, catalog: Catalog): void {
  const { run, target } = published;
  // A table into which rows went stays where it is, and so does what stands on it.
  const tables = published.tables.filter(({ merge }) => merge === null);
  const { carriesOnReplace, staysBehindOnReplace } = target.capabilities;
  const key = (name: string): string => nameKey(name, target.capabilities);
  const names = new Set(published.tables.map((table) => key(table.target.name)));
  const isTie = ({ kind, of: owner }: Dependant): boolean =>
    kind === 'foreign key' && owner !== undefined && owner.schema === null && names.has(key(owner.table));
  const found = tables.flatMap(({ target: { name: table }, existing }) => {
    const dependants = catalog.tables.find(({ name }) => name === table)?.dependants ?? [];
    return (
      dependants
        // Where an earlier table comes back, whatever finds its table by name finds that one, and the rest is put onto it.
        .filter(
          ({ kind, hindrance }) =>
            existing === null ||
            (staysBehindOnReplace.includes(kind) && (hindrance !== undefined || !carriesOnReplace.includes(kind))),
        )
        .filter((each) => !isTie(each) && !each.name.includes(run))
        .map((each) => `${dependantWords(each)} on ${table}`)
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
