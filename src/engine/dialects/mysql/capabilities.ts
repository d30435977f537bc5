// What MySQL and MariaDB can do, by variant and version.

import type { Server } from '../../../shared/model/connection.ts';
import type { Capabilities } from '../capabilities.ts';

export function isMariaDb(server: Server): boolean {
  return server.variant === 'MariaDB';
}

export function capabilities(server: Server): Capabilities {
  const maria = isMariaDb(server);
  return {
    maxIdentifier: { length: 64, unit: 'characters' },
    // Columns and indexes always; tables depend on the server's file system.
    identifiersIgnoreCase: true,
    foldsIdentifiersTo: null,
    transactionalDdl: false,
    nativeEnum: true,
    checks: maria || server.versionNumber >= 80_016,
    partialIndexes: false,
    expressionIndexes: !maria && server.versionNumber >= 80_013,
    includeColumns: false,
    descendingIndexes: maria ? server.versionNumber >= 100_800 : true,
    deferrableForeignKeys: false,
    provesForeignKeys: false,
    generated: { stored: true, virtual: true },
    comments: true,
    touchedOnUpdate: true,
    identityPerTable: 'one primary-key column',
    identityInExpressions: false,
    oneWriter: false,
    readers: null,
    texts: { nulCharacter: true },
    values: {
      zeroDates: true,
      infiniteDates: false,
      years: { min: 0, max: 9999 },
      notFinite: false,
      infiniteFloats: false,
    },
    caseSensitiveByDefault: false,
    keyBytes: 3072,
    rowBytes: 65_535,
    indexNames: 'per table',
    // Names of foreign keys, and MySQL's of checks, are shared by all tables of a database.
    constraintNames: 'per schema',
    indexMethods: ['btree', 'hash', 'fulltext', 'spatial'],
    prefixIndexes: true,
    nullsNotDistinct: false,
    dynamicTypes: false,
    exactDecimals: true,
    // MariaDB keeps the text; MySQL keeps integers of 64 bits and doubles.
    exactJsonNumbers: server.variant === 'MariaDB',
    // Views, routines and grants bind by name and find the new table.
    staysBehindOnReplace: ['trigger', 'foreign key'],
    carriesOnReplace: [],
    foreignKeysAcrossIntegers: false,
    mergesBesideReplacing: false,
    publish: 'one RENAME TABLE statement for all tables',
  };
}
