// Describing: which columns a table, view, SELECT or expression gives, and what each would become in the target.

import { DroverError } from '../shared/errors.ts';
import type { Catalog, Table } from '../shared/model/catalog.ts';
import type { Finding } from '../shared/model/finding.ts';
import type { ColumnMapping, NamingPolicy, TableMapping, TypeRule } from '../shared/model/mapping.ts';
import type { Profile } from '../shared/model/profile.ts';
import type { Opened } from './connect/endpoint.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Session } from './dialects/session.ts';
import { profileTables, withSession } from './inspect/inspect.ts';
import { storageRequests } from './inspect/storage.ts';
import { mapAutomatically } from './map/map.ts';
import { withDerived } from './plan/derived.ts';

interface DescribedSide {
  readonly opened: Opened;
  readonly catalog: Catalog;
}

export interface DescribeInput {
  readonly mapping: TableMapping;
  readonly naming: NamingPolicy;
  readonly typeRules: readonly TypeRule[];
  readonly source: DescribedSide;
  readonly target: DescribedSide;
}

export interface Described {
  /** As a table of the source, whatever it is read from. */
  readonly table: Table;
  /** A proposal for each of its columns, those that are computed among them. */
  readonly columns: readonly ColumnMapping[];
}

/** Enough to see how values are stored where no type binds them; the plan looks at all of them. */
const ROWS_LOOKED_AT = 1000;

/** Throws `map.bad-expression`, `map.bad-query` with the words of the source, and `inspect.no-such-table`. */
export async function describeMapping(input: DescribeInput): Promise<Described> {
  const { mapping, source, target, naming, typeRules } = input;
  const { dialect, access, url } = source.opened;
  const { table, catalog, profile } = await withSession(dialect, access, 'source', async (session) => {
    const derived = await withDerived([{ ...mapping, skip: false }], { catalog: source.catalog, dialect, session });
    const [fault] = derived.findings;
    if (fault) throw notTaken(fault, mapping);
    const found = derived.catalog.tables.find(({ name }) => name === mapping.source);
    if (!found) throw absent(mapping);
    return {
      table: found,
      catalog: derived.catalog,
      profile: await storedIn(found, derived.catalog, dialect, session),
    };
  });
  const made = mapAutomatically({
    source: { ...catalog, tables: [table] },
    target: target.catalog,
    targetDialect: target.opened.dialect,
    profile,
    name: '',
    naming,
    typeRules,
    urls: { source: url, target: target.opened.url },
  });
  return { table, columns: made.tables[0]?.columns ?? [] };
}

/** Where no type binds its values, the first rows show what a column holds. */
async function storedIn(table: Table, catalog: Catalog, dialect: Dialect, session: Session): Promise<Profile> {
  const query = table.query ?? `SELECT * FROM ${dialect.relation.quote(table.name)}`;
  const first = { ...table, query: `SELECT * FROM (${query}) AS first_rows LIMIT ${ROWS_LOOKED_AT}` };
  const requests = storageRequests({ ...catalog, tables: [first] }, dialect);
  return profileTables((request) => session.profile(request), requests, {});
}

function notTaken({ code, message, remedies, place: { column } }: Finding, { source }: TableMapping): DroverError {
  return new DroverError(code === 'map.bad-query' ? code : 'map.bad-expression', message, {
    hint: remedies[0]?.text ?? null,
    where: { side: 'project', table: source, ...(column ? { column } : {}) },
  });
}

function absent({ source, table }: TableMapping): DroverError {
  return new DroverError('inspect.no-such-table', `The source has no ${table ?? source}.`, {
    hint: 'Choose another table or view.',
    where: { side: 'source', table: source },
  });
}
