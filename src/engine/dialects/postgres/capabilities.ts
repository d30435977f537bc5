// What PostgreSQL can do, by version.

import type { Server } from '../../../shared/model/connection.ts';
import type { Capabilities } from '../capabilities.ts';

export const OLDEST_VERSION = 130_000;

/** Virtual generated columns came with 18; until then every generated column is stored. */
export const VIRTUAL_GENERATED = 180_000;

export const NULLS_NOT_DISTINCT = 150_000;

/** An exclusion constraint stands among the indexes under a method of its own: its definition is one expression. */
export const EXCLUSION = 'exclude';

export const INDEX_METHODS: readonly string[] = ['btree', 'hash', 'gin', 'gist', 'spgist', 'brin', EXCLUSION];

const CARRIED = ['view', 'routine', 'rule', 'trigger', 'policy', 'publication', 'foreign key'] as const;

export function capabilities(server: Server): Capabilities {
  return {
    maxIdentifier: { length: 63, unit: 'bytes' },
    identifiersIgnoreCase: false,
    foldsIdentifiersTo: 'lower',
    transactionalDdl: true,
    nativeEnum: false,
    checks: true,
    partialIndexes: true,
    expressionIndexes: true,
    includeColumns: true,
    descendingIndexes: true,
    deferrableForeignKeys: true,
    provesForeignKeys: true,
    generated: { stored: true, virtual: server.versionNumber >= VIRTUAL_GENERATED },
    comments: true,
    touchedOnUpdate: false,
    identityPerTable: 'any',
    identityInExpressions: true,
    oneWriter: false,
    readers: null,
    texts: { nulCharacter: false },
    // The bounds of timestamps; dates reach further.
    values: {
      zeroDates: false,
      infiniteDates: true,
      years: { min: -4712, max: 294_276 },
      notFinite: true,
      infiniteFloats: true,
    },
    caseSensitiveByDefault: true,
    // A third of a page: longer keys are refused by btree.
    keyBytes: 2704,
    rowBytes: null,
    indexNames: 'per schema',
    constraintNames: 'per table',
    indexMethods: INDEX_METHODS,
    prefixIndexes: false,
    nullsNotDistinct: server.versionNumber >= NULLS_NOT_DISTINCT,
    dynamicTypes: false,
    exactDecimals: true,
    exactJsonNumbers: true,
    staysBehindOnReplace: [...CARRIED, 'materialized view', 'child table', 'parent table', 'object'],
    carriesOnReplace: CARRIED,
    foreignKeysAcrossIntegers: true,
    mergesBesideReplacing: true,
    publish: 'ALTER TABLE … SET SCHEMA for all tables in one transaction; old tables go to a backup schema',
  };
}
