// What is odd about a value, as conditions: profiles and the plan's questions count by the same.

type Condition = (column: string) => string;

export const conditions = {
  empty: (c) => `typeof(${c}) IN ('text', 'blob') AND octet_length(${c}) = 0`,
  nulCharacters: (c) => `typeof(${c}) = 'text' AND instr(${c}, char(0)) > 0`,
  zeroDates: (c) => `typeof(${c}) = 'text' AND ${c} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    AND (${c} LIKE '0000-%' OR substr(${c}, 6, 2) = '00' OR substr(${c}, 9, 2) = '00')`,
  /** A column of numbers keeps the words for them, too. */
  notFinite: (c) => `${c} IN (9e999, -9e999, 'NaN', 'Infinity', '-Infinity')`,
} satisfies Record<string, Condition>;
