// What a family can, declared: whoever plans compares these, and asks no family for its name.

import type { Dependant } from '../../shared/model/catalog.ts';

export interface Capabilities {
  readonly maxIdentifier: { readonly length: number; readonly unit: 'bytes' | 'characters' };
  /** Identifiers that differ only in case are the same. */
  readonly identifiersIgnoreCase: boolean;
  readonly foldsIdentifiersTo: 'lower' | null;
  readonly transactionalDdl: boolean;
  readonly nativeEnum: boolean;
  readonly checks: boolean;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly includeColumns: boolean;
  readonly descendingIndexes: boolean;
  readonly deferrableForeignKeys: boolean;
  /** All rows meet a foreign key that is not called invalid: nobody could switch off looking while they came. */
  readonly provesForeignKeys: boolean;
  readonly generated: { readonly stored: boolean; readonly virtual: boolean };
  readonly comments: boolean;
  readonly touchedOnUpdate: boolean;
  readonly identityPerTable: 'any' | 'one primary-key column';
  /** Checks and generated columns may use a column that hands out its own numbers. */
  readonly identityInExpressions: boolean;
  /** Only one transaction may write at a time. */
  readonly oneWriter: boolean;
  /** How many readers can share one snapshot; null is as many as wished. */
  readonly readers: number | null;
  readonly texts: { readonly nulCharacter: boolean };
  readonly values: ValueLimits;
  /** Whether text that is equal but for case is equal in a unique key by default. */
  readonly caseSensitiveByDefault: boolean;
  /** Longest key in bytes; null where there is no such limit. */
  readonly keyBytes: number | null;
  /** Longest row in bytes, large objects aside; null where there is no such limit. */
  readonly rowBytes: number | null;
  /** Where an index's name must be its own: beside all tables and indexes of the schema, or within its table. */
  readonly indexNames: 'per schema' | 'per table';
  /** The same for foreign keys and checks. */
  readonly constraintNames: 'per schema' | 'per table';
  /** Index methods this family can build, lower case: btree, hash, gin, fulltext … */
  readonly indexMethods: readonly string[];
  /** Indexes over the first n characters of a column. */
  readonly prefixIndexes: boolean;
  readonly nullsNotDistinct: boolean;
  /** A column may hold values of another type than its own (SQLite): what is there must be asked of the values. */
  readonly dynamicTypes: boolean;
  /** Decimals are computed exactly, not in binary floating point. */
  readonly exactDecimals: boolean;
  /** JSON keeps every digit of a number. */
  readonly exactJsonNumbers: boolean;
  /** What hangs on a table and of itself stays with the old one when another table takes its name. */
  readonly staysBehindOnReplace: readonly DependantKind[];
  /** What of that publishing makes anew on the new table, and a rollback on the old one. */
  readonly carriesOnReplace: readonly DependantKind[];
  /** How the new tables take the place of the old, for the plan to say. */
  readonly publish: string;
  /** A foreign key may join integers of different widths. */
  readonly foreignKeysAcrossIntegers: boolean;
  /** Tables can be replaced in the very act in which rows go into others. */
  readonly mergesBesideReplacing: boolean;
}

export type DependantKind = Dependant['kind'];

/** Which odd values a family can hold; the plan and the conversions compare source and target by it. */
export interface ValueLimits {
  /** 0000-00-00 and dates with month or day zero. */
  readonly zeroDates: boolean;
  readonly infiniteDates: boolean;
  /** Years a date or timestamp may have; years before 1 are BC. */
  readonly years: { readonly min: number; readonly max: number };
  /** NaN and infinities in floats and decimals. */
  readonly notFinite: boolean;
  /** Infinities in floats, if not NaN. */
  readonly infiniteFloats: boolean;
}
