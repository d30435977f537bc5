// Names of indexes and constraints in the target: kept where possible, made unique where the target demands it.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { fitName, nameKey } from '../dialects/names.ts';

/** The names of one plan; asked in a fixed order it always gives the same answers. */
export interface Names {
  index(wanted: string, fallback: string, table: string): string;
  constraint(wanted: string, fallback: string, table: string): string;
}

/** Names that databases make up: MySQL's PRIMARY, SQLite's automatic indexes. */
const MADE_UP = /^(PRIMARY|sqlite_.*)?$/i;

/** `staying` are the target's tables that the run leaves alone: their names are taken. */
export function createNames(capabilities: Capabilities, tables: readonly string[], staying: readonly Table[]): Names {
  const perSchema = capabilities.indexNames === 'per schema';
  const indexes = new Set(perSchema ? [...tables, ...staying.flatMap(indexNames)].map(key) : []);
  const constraints = new Set<string>(
    capabilities.constraintNames === 'per schema' ? staying.flatMap(constraintNames).map(key) : [],
  );

  function key(name: string): string {
    return nameKey(name, capabilities);
  }

  function take(taken: Set<string>, wanted: string, fallback: string, table: string, shared: boolean): string {
    const plain = MADE_UP.test(wanted) ? fallback : wanted;
    const scope = shared ? '' : `${table}\0`;
    for (let n = 0; ; n++) {
      const candidate = fitName(
        n === 0 ? plain : n === 1 ? `${table}_${plain}` : `${table}_${plain}_${n}`,
        capabilities,
      );
      if (taken.has(scope + key(candidate))) continue;
      taken.add(scope + key(candidate));
      return candidate;
    }
  }

  return {
    index: (wanted, fallback, table) => take(indexes, wanted, fallback, table, perSchema),
    constraint: (wanted, fallback, table) =>
      take(constraints, wanted, fallback, table, capabilities.constraintNames === 'per schema'),
  };
}

function indexNames(table: Table): string[] {
  return [
    table.name,
    ...(table.primaryKey ? [table.primaryKey.name] : []),
    ...table.uniques.map((key) => key.name),
    ...table.indexes.map((index) => index.name),
  ];
}

function constraintNames(table: Table): string[] {
  return [...table.foreignKeys.map((key) => key.name), ...table.checks.map((check) => check.name)];
}

/** Tables of the target that are not replaced by any of the mapped ones. */
export function stayingTables(target: Catalog, mapped: readonly string[], capabilities: Capabilities): Table[] {
  const taken = new Set(mapped.map((name) => nameKey(name, capabilities)));
  return target.tables.filter((table) => !taken.has(nameKey(table.name, capabilities)));
}
