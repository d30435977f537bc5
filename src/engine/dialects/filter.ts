// SQL of the user's within Drover's own: let in only where nothing of it can reach beyond the brackets around it.

import { DroverError } from '../../shared/errors.ts';

/** How a family reads what is no plain SQL: texts, quoted names, comments. All patterns are sticky. */
export interface FilterSyntax {
  /** Texts and quoted names, whole: what begins like one and does not match has no end. */
  readonly quoted: RegExp;
  /** What opens them. */
  readonly quotes: RegExp;
  /** Up to the end of its line. */
  readonly lineComment: RegExp;
  readonly nestedComments: boolean;
  /** Comments of which the server reads the inside. */
  readonly readComment: RegExp | null;
}

/** What the user wrote it for. */
export type UserSql = 'filter' | 'expression' | 'query';

/** What to do about SQL that would write. */
export const READS_ONLY = 'SQL of a project may only read: take out what writes, such as a function that does.';

/** The SQL in brackets of its own. Throws the code of its use where it would leave them. */
export function bracketed(sql: string, table: string, syntax: FilterSyntax, what: UserSql = 'filter'): string {
  const fault = faultOf(sql, syntax);
  // The line break keeps a comment at the end from swallowing what follows.
  if (fault === null) return `(\n${sql}\n)`;
  const { code, message, hint } = REFUSALS[what];
  throw new DroverError(code, message(table), { cause: fault, hint, where: { table } });
}

const REFUSALS = {
  filter: {
    code: 'plan.bad-filter',
    message: (table: string) => `The filter of table ${table} is not one condition.`,
    hint: 'Write one condition, as it would stand between brackets after WHERE.',
  },
  expression: {
    code: 'map.bad-expression',
    message: (table: string) => `An expression of table ${table} is not one expression.`,
    hint: 'Write one expression, as it would stand between brackets after SELECT.',
  },
  query: {
    code: 'map.bad-query',
    message: (table: string) => `The query of ${table} is not one SELECT.`,
    hint: 'Write one SELECT, as it would stand between brackets after FROM.',
  },
} as const;

/** Why the filter could reach beyond its brackets, in one sentence; null where it can't. */
function faultOf(filter: string, syntax: FilterSyntax): string | null {
  if (filter.includes('\0')) return 'It holds the character NUL.';
  const open: string[] = [];
  let at = 0;
  const matches = (pattern: RegExp | null): boolean => {
    if (!pattern) return false;
    pattern.lastIndex = at;
    if (!pattern.test(filter)) return false;
    at = pattern.lastIndex;
    return true;
  };
  while (at < filter.length) {
    if (matches(syntax.lineComment)) continue;
    if (matches(syntax.readComment)) return 'It holds a comment that the server reads as SQL.';
    if (filter.startsWith('/*', at)) {
      const end = commentEnd(filter, at, syntax.nestedComments);
      if (end === null) return 'A comment in it has no end.';
      at = end;
      continue;
    }
    if (matches(syntax.quoted)) continue;
    if (matches(syntax.quotes)) return 'A text or a quoted name in it has no end.';
    if (!matches(WORD)) {
      const fault = faultAt(filter[at]!, open);
      if (fault !== null) return fault;
      at++;
    }
  }
  return open.length > 0 ? `It opens a bracket ${open.at(-1)} that it does not close.` : null;
}

/** Taken whole, so that a letter at its end is no prefix of a text. */
const WORD = /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy;

const OPENS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

function faultAt(character: string, open: string[]): string | null {
  if (character === ';') return 'It holds a semicolon, which ends a statement.';
  if (character === '(' || character === '[') open.push(character);
  const opens = OPENS[character];
  return opens !== undefined && open.pop() !== opens
    ? `It closes a bracket ${character} that it has not opened.`
    : null;
}

/** The place behind the comment that begins here. */
function commentEnd(sql: string, start: number, nested: boolean): number | null {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start + 2;
  let depth = 1;
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    if (found[0] === '*/') depth--;
    else if (nested) depth++;
    if (depth === 0) return mark.lastIndex;
  }
  return null;
}
