// How a family speaks of one column in SQL: what profiles and the plan's questions about keys are written in.

import type { Column } from '../../shared/model/catalog.ts';

/** What people see of one value. */
export const SHOWN_CHARACTERS = 200;

/** What words need to know of a column. */
export type NamedColumn = Pick<Column, 'name' | 'native' | 'logical'>;

export type PlaceKind = 'numbers' | 'times';

export const countNames = [
  'zeroDates',
  'notFinite',
  'nulCharacters',
  'tooLong',
  'empty',
  'padded',
  'storedInteger',
  'storedReal',
  'storedText',
  'storedBlob',
] as const;
export type CountName = (typeof countNames)[number];

/** How a family speaks of one column; `NULL`s go past all of it. */
export interface ColumnWords {
  /** Equal where the values are, whatever the collation; what is grouped by. */
  readonly key: string;
  /** As text for people, cut behind SHOWN_CHARACTERS by one more, so that one sees that it is. */
  readonly shown: string;
  /** Aggregates, as text for people; null where the type has no order. */
  readonly least: string | null;
  readonly greatest: string | null;
  readonly length: string | null;
  readonly lengthUnit: 'character' | 'byte';
  /** Conditions. */
  readonly counts: Readonly<Partial<Record<CountName, string>>>;
  readonly places: Readonly<Partial<Record<PlaceKind, PlaceWords>>>;
}

export interface PlaceWords {
  readonly value: string;
  /** Met by the values that have a place. */
  readonly where: string;
  /** A value as exact text, or as ISO 8601. */
  text(value: string): string;
  /** A literal to compare with. */
  edge(text: string): string;
}
