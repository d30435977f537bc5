// Foreign keys that tie tables of a published run: those that can only be rolled back together.

import { DroverError } from '../../../shared/errors.ts';
import { list } from '../../../shared/format.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Returning } from '../../../shared/model/run.ts';
import type { Publisher, TableTie } from '../../dialects/publishing.ts';
import type { PlannedTables } from '../records.ts';
import type { Published } from './published.ts';

/** `needs` has to come along with `table`. */
interface Need {
  readonly table: string;
  readonly needs: string;
  readonly key: string;
}

/**
 * Throws `run.depended-on` unless the tables may come back and the others stay: no new table that stays may refer to one
 * that goes, and earlier tables that refer to each other come back together or not at all.
 */
export async function refuseTorn(
  { run, tables }: Published,
  chosen: PlannedTables,
  publisher: Publisher,
): Promise<void> {
  const merged = new Set(tables.filter(({ merge }) => merge !== null).map(({ target }) => target.name));
  const names = chosen.map(({ target }) => target.name);
  const into = names.filter((name) => merged.has(name));
  if (into.length > 0) throw mergedAlone(run, into);
  const needs = needsOf(tables, await publisher.session.inspect(), await publisher.backupTies());
  const torn = closure(names, needs);
  const [first] = torn;
  if (!first) return;
  const along = torn.map((each) => each.needs);
  const impossible = along.some((name) => merged.has(name));
  throw new DroverError(
    'run.depended-on',
    `${first.table} can't be rolled back without ${first.needs}: the foreign key ${first.key} ties them.`,
    {
      cause: torn.length > 1 ? torn.slice(1).map(needWords).join('; ') : null,
      hint: impossible ? 'Roll the whole run back.' : `Choose ${list(along, along.length)} as well.`,
      command: impossible
        ? `drover rollback ${run}`
        : `drover rollback ${run} ${[...names, ...along].map((name) => `--table ${name}`).join(' ')}`,
      where: { side: 'target', table: first.table },
    },
  );
}

/** For people to choose from. */
export async function returningOf({ tables, takenBack }: Published, publisher: Publisher): Promise<Returning[]> {
  const gone = new Set(takenBack);
  const standing = tables.filter(({ target }) => !gone.has(target.name));
  const needs = Map.groupBy(
    needsOf(standing, await publisher.session.inspect(), await publisher.backupTies()),
    ({ table }) => table,
  );
  return tables.map(({ target: { name }, existing, merge }) => ({
    table: name,
    stands: gone.has(name) ? 'taken back' : merge ? 'merged' : 'published',
    replaces: existing !== null,
    ties: (needs.get(name) ?? []).map((need) => ({ key: need.key, table: need.needs })),
  }));
}

function needsOf(tables: PlannedTables, catalog: Catalog, backups: readonly TableTie[]): Need[] {
  const names = new Set(tables.map(({ target }) => target.name));
  const standing = catalog.tables
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, foreignKeys }) =>
      foreignKeys
        .filter(({ references }) => names.has(references.table) && references.table !== name)
        .map((key): Need => ({ table: key.references.table, needs: name, key: key.name })),
    );
  const earlier = backups
    .filter(({ table, references }) => names.has(table) && names.has(references))
    .flatMap(({ table, references, key }): Need[] => [
      { table, needs: references, key },
      { table: references, needs: table, key },
    ]);
  return [...standing, ...earlier];
}

/** The need by which each further table has to come along, near ones first. */
function closure(chosen: readonly string[], needs: readonly Need[]): Need[] {
  const byTable = Map.groupBy(needs, ({ table }) => table);
  const reached = new Set(chosen);
  const found: Need[] = [];
  // A set goes on to what is added to it meanwhile.
  for (const name of reached) {
    for (const need of byTable.get(name) ?? []) {
      if (reached.has(need.needs)) continue;
      reached.add(need.needs);
      found.push(need);
    }
  }
  return found;
}

function needWords({ table, needs, key }: Need): string {
  return `${table} not without ${needs} (${key})`;
}

function mergedAlone(run: string, tables: readonly string[]): DroverError {
  return new DroverError('run.depended-on', `Rows went into ${list(tables)}: they go out with the whole run alone.`, {
    hint: 'Choose other tables, or roll the whole run back.',
    command: `drover rollback ${run}`,
    where: { side: 'target', ...(tables.length === 1 ? { table: tables[0] } : {}) },
  });
}
