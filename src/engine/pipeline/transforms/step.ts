// What a compiled step of a chain is, and what becomes of a value that it can't work on.

import { DroverError } from '../../../shared/errors.ts';
import type { Characters } from './characters.ts';

/** Text as people read it (the canonical text of the column's type), or NULL. */
export type Value = string | null;

/** Other columns of the same source row, by name; only those that `columnsOf` names are there. */
export interface Row {
  get(column: string): Value;
}

export type Step = TextStep | RowStep;

/** NULL passes it by. */
interface TextStep {
  readonly seesNull: false;
  /** undefined: not a value that this step can work on; `trouble` says what then. */
  readonly convert: (value: string) => Value | undefined;
  readonly trouble: Trouble;
  /** Exactly what `convert` does, without a string. */
  readonly inPlace?: InPlace | undefined;
}

/** It works on NULL too, and never fails. */
interface RowStep {
  readonly seesNull: true;
  readonly convert: (value: Value, row: Row) => Value;
  readonly inPlace?: InPlace | undefined;
}

export type InPlace = (text: Characters) => Outcome;

/** refused: not a value that the step can work on; it is as it was. unable: `convert` must, of the text as it now stands. */
export type Outcome = 'done' | 'refused' | 'unable';

/** Finds a value of one column by that of another: null is NULL, undefined is no such row. */
export type Find = (value: string) => Value | undefined;

/** Columns of a target table. */
export interface LookupOf {
  readonly in: string;
  readonly match: string;
  readonly take: string;
}

export interface Trouble {
  /** Ends the sentence "The value is …"; without any value of a row. */
  readonly what: string;
  readonly instead: Instead;
}

export type Instead = 'reject' | 'null' | 'keep' | { readonly value: string };

/** For steps that work on every text. */
const NEVER: Trouble = { what: 'not text', instead: 'reject' };

export function always(convert: (value: string) => Value, inPlace?: InPlace): Step {
  return { seesNull: false, convert, trouble: NEVER, inPlace };
}

export function orElse(
  convert: (value: string) => Value | undefined,
  instead: Instead | undefined,
  what: string,
  inPlace?: InPlace,
): Step {
  return { seesNull: false, convert, trouble: { what, instead: instead ?? 'reject' }, inPlace };
}

export function withRow(convert: (value: Value, row: Row) => Value, inPlace?: InPlace): Step {
  return { seesNull: true, convert, inPlace };
}

/** A mistake in the project; the chain puts the step's name in front. */
export function bad(message: string, hint: string, cause: string | null = null): DroverError {
  return new DroverError('map.bad-transform', message, { hint, cause });
}

/** Throws `map.bad-transform` when a name comes twice. */
export function refuseTwice(names: readonly string[], hint: string): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw bad(`"${twice}" is there twice.`, hint);
}
