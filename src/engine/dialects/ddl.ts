// Types and tables of a family: proposed, parsed, and written as statements. Pure.

import type { Family, Server } from '../../shared/model/connection.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Statement, TargetTable } from '../../shared/model/plan.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { RunIdentity } from './session.ts';

/** What is known of a column's values when its target type is chosen; absent means unknown. */
export interface ColumnFacts {
  readonly answers: Answers;
  /** Part of a primary, unique or foreign key, or of an index. */
  readonly keyed: boolean;
  readonly identity: boolean;
  /** The source's own words for the type, and whose words they are: within one family a type stays exactly itself. */
  readonly native?: string;
  readonly family?: Family;
}

export interface TypeProposal {
  /** In the dialect's own words; `parse` understands it. */
  readonly native: string;
  /** The target has no such type: hold the values to this list with a CHECK. */
  readonly checkLabels?: readonly string[];
  /** What is weaker or different in the target, one sentence for a note; absent when nothing is. */
  readonly note?: string;
}

export interface Types {
  /** A type as a person or the catalogue writes it; null when the family has no such type. */
  parse(native: string): LogicalType | null;
  /** The type of this family that holds such values best. Never fails: opaque becomes text. */
  propose(logical: LogicalType, facts: ColumnFacts, server: Server): TypeProposal;
  /** What must be asked of a column before `propose` can decide well, with this family as the target. */
  doubts(logical: LogicalType, keyed: boolean): readonly Question[];
  /** A collation of another server of this family, as this one calls it; null where it is not known to have it. */
  collationOn(name: string, from: Server, to: Server): string | null;
  /** The type as one that tells all texts apart; null where every one does. */
  exactType(native: string, server: Server): string | null;
  /** Types for a person to choose from, most usual first; `parse` understands each. */
  usual(server: Server): readonly string[];
}

/** Pure: tables in, statements out. With a run the statements build in the staging namespace, without in place. */
export interface Ddl {
  quote(identifier: string): string;
  /** The table bare enough to load fast: columns, NOT NULL, primary key where loading is not slowed, comments. */
  create(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** A staged table whose columns are those of the table of that name which stands there, for rows that go into it. */
  createAlike(table: TargetTable, server: Server, staging: RunIdentity): Statement[];
  /** What makes a table that was just loaded cheap to read; worth its while from some thousand rows on. */
  settle(table: TargetTable, staging: RunIdentity | null): Statement[];
  /** Everything of one table that is better built after loading: keys, indexes, checks, defaults, identity. */
  index(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** Foreign keys: run once all tables are loaded and indexed. */
  relate(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** Sets the next number of identity columns beyond the highest present; uses the loaded data. */
  resetIdentity(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** What a row of the table may take of a page; null where a table is made whatever that is. */
  pageUse(table: TargetTable, server: Server): PageUse | null;
  /** A default or literal in this family's SQL; null when it has no such thing for the type. */
  defaultSql(value: TargetTable['columns'][number]['default'], logical: LogicalType): string | null;
}

export interface PageUse {
  readonly bytes: number;
  readonly most: number;
  /** Columns that would take less as large values. */
  readonly heaviest: readonly string[];
}
