// What SQLite can do.

import type { Capabilities } from '../capabilities.ts';

/** 3.40.0: what the tests hold the dialect to; files themselves are the same since 3.0. */
export const OLDEST_VERSION = 34_000;

export function capabilities(): Capabilities {
  return {
    maxIdentifier: { length: 255, unit: 'characters' },
    identifiersIgnoreCase: true,
    foldsIdentifiersTo: null,
    transactionalDdl: true,
    nativeEnum: false,
    checks: true,
    partialIndexes: true,
    expressionIndexes: true,
    includeColumns: false,
    descendingIndexes: true,
    deferrableForeignKeys: true,
    provesForeignKeys: false,
    generated: { stored: true, virtual: true },
    comments: false,
    touchedOnUpdate: false,
    identityPerTable: 'one primary-key column',
    identityInExpressions: true,
    oneWriter: true,
    readers: null,
    texts: { nulCharacter: true },
    // Dates are text, so any date has a place; NaN becomes NULL.
    values: {
      zeroDates: true,
      infiniteDates: true,
      years: { min: -4712, max: 294_276 },
      notFinite: false,
      infiniteFloats: true,
    },
    caseSensitiveByDefault: true,
    keyBytes: null,
    rowBytes: null,
    indexNames: 'per schema',
    constraintNames: 'per table',
    indexMethods: ['btree'],
    prefixIndexes: false,
    nullsNotDistinct: false,
    dynamicTypes: true,
    exactDecimals: false,
    exactJsonNumbers: true,
    // Views, triggers and foreign keys find their table by name, and triggers are made again.
    staysBehindOnReplace: [],
    carriesOnReplace: [],
    foreignKeysAcrossIntegers: true,
    mergesBesideReplacing: true,
    publish: 'all tables renamed in one transaction; old tables stay in the file under another name',
  };
}
