// Carries defaults, checks and generated expressions from one SQL to another, for the small part of SQL that all share.

/** How a family writes that small part. */
export interface ExpressionSyntax {
  readonly quote: (identifier: string) => string;
  /** Characters that open a quoted identifier: `"`, a backtick, `[`. */
  readonly identifierQuotes: readonly string[];
  /** 'It\'s' is understood, and a backslash must be doubled in a literal. */
  readonly backslashEscapes: boolean;
  readonly concat: '||' | 'concat()';
  readonly booleans: 'true/false' | '1/0';
  /** Portable function name → this family's name; a function that is absent does not exist here. */
  readonly functions: Readonly<Record<string, string>>;
  /** `x::type` and CAST are dropped when read, since the value's type is the column's. */
  readonly castSuffix: boolean;
}
