// Maps a source to a target automatically: names by policy, types by rule, by facts and along foreign keys.

import { DroverError } from '../../shared/errors.ts';
import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import {
  type ColumnMapping,
  type NamingPolicy,
  type OnConflict,
  PROJECT_VERSION,
  type Project,
  type TableMapping,
  type TableMode,
  type TypeRule,
} from '../../shared/model/mapping.ts';
import type { Profile } from '../../shared/model/profile.ts';
import { ruledType } from '../../shared/type-rules.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { keyedColumns } from '../dialects/keyed.ts';
import { equal } from '../dialects/types.ts';
import { agree, type Known } from './facts.ts';
import { keyOf, linkedColumns } from './links.ts';
import { targetName } from './naming.ts';
import { seenOf } from './seen.ts';

export interface MapRequest {
  readonly source: Catalog;
  readonly target: Catalog;
  readonly targetDialect: Dialect;
  /** Answers to `questionsForMapping`; what is missing is treated as unknown. */
  readonly profile: Profile;
  readonly name: string;
  readonly naming: NamingPolicy;
  readonly mode?: TableMode;
  readonly onConflict?: OnConflict;
  /** Only these source tables; all when absent. */
  readonly tables?: readonly string[];
  readonly urls: { readonly source: string; readonly target: string };
  readonly typeRules?: readonly TypeRule[];
  /** The source with tables that are none of this mapping's; `source` when absent. */
  readonly whole?: Catalog;
}

/** Every table and column of the source, in the source's order. Throws `map.nothing-to-do`. */
export function mapAutomatically(request: MapRequest): Project {
  const { source, target, targetDialect, naming, typeRules = [] } = request;
  const tables = chosenTables(request);
  const capabilities = targetDialect.capabilities(target.server);
  const typeOf = typeChooser(request);
  const mapped = tables.map(
    (table): TableMapping => ({
      source: table.name,
      target: targetName(table.name, naming, capabilities),
      columns: table.columns.map(
        (column): ColumnMapping => ({
          source: column.name,
          target: targetName(column.name, naming, capabilities),
          type: typeOf(table, column.name),
        }),
      ),
    }),
  );
  const proposed = proposedTypes(mapped);
  const seen = seenOf(mapped, { source: request.whole ?? source, target, targetCan: capabilities }, (table, column) =>
    proposed.get(keyOf(table, column)),
  );

  return {
    drover: PROJECT_VERSION,
    name: request.name,
    source: { url: request.urls.source, fingerprint: source.fingerprint },
    target: { url: request.urls.target, fingerprint: target.fingerprint },
    naming,
    ...(request.mode ? { mode: request.mode } : {}),
    ...(request.onConflict ? { onConflict: request.onConflict } : {}),
    ...(typeRules.length > 0 ? { typeRules: [...typeRules] } : {}),
    tables: mapped,
    seen,
  };
}

function proposedTypes(tables: readonly TableMapping[]): ReadonlyMap<string, string> {
  return new Map(
    tables.flatMap((table) =>
      table.columns.map((column) => [keyOf(table.source, column.source), column.type] as const),
    ),
  );
}

function chosenTables({ source, tables }: MapRequest): readonly Table[] {
  const absent = (tables ?? []).filter((name) => !source.tables.some((table) => table.name === name));
  const chosen = tables ? source.tables.filter((table) => tables.includes(table.name)) : source.tables;
  if (absent.length === 0 && chosen.length > 0) return chosen;
  const message = absent.length > 0 ? `The source has no table ${absent.join(', ')}.` : 'The source has no tables.';
  throw new DroverError('map.nothing-to-do', message, {
    hint: 'Look at what is there with drover inspect.',
    where: { side: 'source' },
  });
}

/** Columns tied by foreign keys get one proposal, made for the widest of them; a type rule goes before it. */
function typeChooser(request: MapRequest): (table: Table, column: string) => string {
  const { source, target, targetDialect, typeRules = [] } = request;
  const known = knownColumns(request);
  const proposals = new Map<string, string>();

  function propose(keys: readonly string[]): void {
    const members = keys.flatMap((key) => known.get(key) ?? []);
    const [first, ...rest] = members;
    if (!first) return;
    const { logical, facts } = agree([first, ...rest], source.server.family);
    const { types } = targetDialect;
    const common = types.propose(logical, facts, target.server).native;
    const plain = types.propose(logical, { ...facts, identity: false }, target.server).native;
    // What hands out numbers may need words of its own; the others follow it only as far as the type differs.
    const same = sameType(types.parse(common), types.parse(plain));
    for (const key of keys) proposals.set(key, same && !known.get(key)?.column.identity ? plain : common);
  }

  for (const group of linkedColumns(source)) propose(group.map(({ table, column }) => keyOf(table, column)));
  for (const key of known.keys()) if (!proposals.has(key)) propose([key]);

  return (table, column) => {
    const key = keyOf(table.name, column);
    const native = known.get(key)?.column.native ?? '';
    return ruledType(typeRules, { native, table: table.name, column }) ?? proposals.get(key) ?? '';
  };
}

function sameType(a: LogicalType | null, b: LogicalType | null): boolean {
  return a !== null && b !== null && equal(a, b);
}

function knownColumns({ source, profile }: MapRequest): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const table of source.tables) {
    const keyed = keyedColumns(table, source);
    for (const column of table.columns) {
      const answers = profile[table.name]?.[column.name] ?? {};
      known.set(keyOf(table.name, column.name), { column, answers, keyed: keyed.has(column.name) });
    }
  }
  return known;
}
