// One cell of the matrix: a type of the source with samples, and what each target family shall hold.

import type { Family } from '../../src/shared/model/connection.ts';
import type { ServerName } from '../support/database.ts';

/** null is NULL; a pattern where more than one spelling is right; `one of` by hand. */
export type Expected = string | null | RegExp;

export interface Sample {
  /** The value as the source's SQL. */
  readonly sql: string;
  /** What the target's own client shows, unless `on` says otherwise for a family. */
  readonly text: Expected;
  readonly on?: Readonly<Partial<Record<Family, Expected>>>;
}

export interface TypeCase {
  readonly type: string;
  /** A few words when the type alone does not say what is tested. */
  readonly about?: string;
  readonly samples: readonly Sample[];
  /** Runs before the table is made. */
  readonly setup?: string;
  /** The servers that have such a type; all of the family when absent. */
  readonly only?: readonly ServerName[];
  /** Code of the blocker that the plan must name instead, per target family or server. */
  readonly blocked?: Readonly<Partial<Record<Family | ServerName, string>>>;
  /** How the target's column `v` is read, where its plain text will not do. */
  readonly read?: Readonly<Partial<Record<Family, string>>>;
  /** Spellings of one number are equal: 1.50 and 1.5. */
  readonly numeric?: boolean;
}

export const all = (sql: string, text: Expected, on?: Sample['on']): Sample => (on ? { sql, text, on } : { sql, text });

/** Numbers, written the same everywhere. */
export const numbers = (...texts: string[]): Sample[] => texts.map((text) => ({ sql: text, text }));

/** Bytes, read as hexadecimal digits everywhere. */
export const HEX = {
  postgres: "encode(v, 'hex')",
  mysql: 'LOWER(HEX(v))',
  sqlite: 'CASE WHEN v IS NOT NULL THEN lower(hex(v)) END',
} as const;

/** Doubles to their last bit: MySQL shows FLOAT cut, PostgreSQL's real in its own short form. */
export const EXACT = { postgres: 'v::float8::text', mysql: 'v + 0e0', sqlite: 'v' } as const;

export const NASTY = 'tab\tnewline\ncr\rback\\slash \\N \\. quote\'" percent% é 漢 😀';

export const MEGABYTE = 'ä'.repeat(524_288);

export const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('');
