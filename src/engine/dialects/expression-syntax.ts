// How a family writes the small SQL that all share, and how columns are renamed on the way.

/** Differences between the families that reading and writing must know. */
export interface ExpressionSyntax {
  readonly quote: (identifier: string) => string;
  /** Characters that open a quoted identifier: `"`, a backtick, `[`. */
  readonly identifierQuotes: readonly string[];
  /** 'It\'s' is understood, and a backslash must be doubled in a literal. */
  readonly backslashEscapes: boolean;
  readonly concat: '||' | 'concat()';
  readonly booleans: 'true/false' | '1/0';
  /**
   * Portable function name → this family's name; a function that is absent does not exist here.
   * Portable names: lower upper trim ltrim rtrim length (in characters) abs round floor ceil coalesce nullif substr replace.
   */
  readonly functions: Readonly<Record<string, string>>;
  /** Other names this family has for the same: its name → portable name. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** `x::type` and CAST are dropped when read, since the value's type is the column's. */
  readonly castSuffix: boolean;
}

/**
 * What a column is called in the target; null when it is not there (or has become something else),
 * undefined when the source has no such column.
 */
export type Rename = (column: string) => string | null | undefined;
