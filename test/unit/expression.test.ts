// Translating small SQL between families: what is carried, and what is refused.

import { describe, expect, test } from 'vitest';
import { type ExpressionSyntax, type Rename, translate } from '../../src/engine/dialects/expression.ts';

const functions = {
  lower: 'lower',
  upper: 'upper',
  trim: 'trim',
  abs: 'abs',
  round: 'round',
  coalesce: 'coalesce',
  nullif: 'nullif',
  replace: 'replace',
};
const postgres: ExpressionSyntax = {
  quote: (name) => `"${name}"`,
  identifierQuotes: ['"'],
  backslashEscapes: false,
  concat: '||',
  booleans: 'true/false',
  functions: { ...functions, length: 'char_length', substr: 'substr' },
  aliases: { length: 'length', substring: 'substr', btrim: 'trim' },
  castSuffix: true,
};
const mysql: ExpressionSyntax = {
  quote: (name) => `\`${name}\``,
  identifierQuotes: ['`'],
  backslashEscapes: true,
  concat: 'concat()',
  booleans: 'true/false',
  functions: { ...functions, length: 'char_length', substr: 'substr' },
  aliases: { ifnull: 'coalesce' },
  castSuffix: false,
};
const sqlite: ExpressionSyntax = {
  quote: (name) => `"${name}"`,
  identifierQuotes: ['"', '`', '['],
  backslashEscapes: false,
  concat: '||',
  booleans: '1/0',
  functions: { ...functions, length: 'length', substr: 'substr' },
  castSuffix: false,
};

const same: Rename = (name) => name;

describe('PostgreSQL to MySQL', () => {
  test.each([
    ['(price > (0)::numeric)', '`price` > 0'],
    [
      "((status)::text = ANY ((ARRAY['new'::character varying, 'paid'::character varying])::text[]))",
      "`status` IN ('new', 'paid')",
    ],
    ["(kind <> ALL (ARRAY['a'::text, 'b'::text]))", "`kind` NOT IN ('a', 'b')"],
    ['((qty >= 1) AND (qty <= 10))', '(`qty` >= 1) AND (`qty` <= 10)'],
    ["(((first || ' '::text) || last))", "concat(`first`, ' ', `last`)"],
    ["(name ~~ 'a%'::text)", "`name` LIKE 'a%'"],
    ['(NOT (deleted IS TRUE))', 'NOT (`deleted` IS TRUE)'],
    ['(char_length(code) = 3)', 'char_length(`code`) = 3'],
    ['(length(code) = 3)', 'char_length(`code`) = 3'],
    ['"substring"(code, 1, 2)', 'substr(`code`, 1, 2)'],
    ['TRIM(BOTH FROM code)', 'trim(`code`)'],
    ["CASE WHEN (a > 0) THEN 'x'::text ELSE NULL::text END", "CASE WHEN `a` > 0 THEN 'x' ELSE NULL END"],
    ["(\"Odd name\" <> 'it''s \\'::text)", "`Odd name` <> 'it''s \\\\'"],
    ["('-5'::integer < a)", '-5 < `a`'],
    ['((a + (b * 2)) BETWEEN 1 AND 2)', '(`a` + (`b` * 2)) BETWEEN 1 AND 2'],
    ["(d > '2020-01-01'::date)", "`d` > '2020-01-01'"],
  ])('%s', (sql, expected) => {
    expect(translate(sql, postgres, mysql, same)).toBe(expected);
  });

  test.each([
    '(a / b)',
    '(tags @> ARRAY[1])',
    "(email ~ '^x')",
    '((price)::integer > 0)',
    '((email)::character varying(5) = a)',
    '(a = ANY (b))',
    "(name ~~ '10\\%'::text)",
    "('1 day'::interval > a)",
    'md5(a)',
    'a -- comment',
    'other.a > 1',
    '(SELECT 1)',
    "concat(a, 'b')",
    'a IS DISTINCT FROM b',
    '(a COLLATE "C") = b',
  ])('refuses %s', (sql) => {
    expect(translate(sql, postgres, mysql, same)).toBeNull();
  });
});

describe('MySQL to PostgreSQL', () => {
  test.each([
    ["`kind` in (_utf8mb4'a',_utf8mb4'b')", `"kind" IN ('a', 'b')`],
    ["(`kind` = _utf8mb4\\'a\\')", `"kind" = 'a'`],
    ["concat(`first`,' ',`last`)", `"first" || ' ' || "last"`],
    ['ifnull(`a`,0)', 'coalesce("a", 0)'],
    ['(`a` is not null) and (not(`b` = 1))', '("a" IS NOT NULL) AND (NOT ("b" = 1))'],
    ['if((`a` > 1),2,3)', 'CASE WHEN "a" > 1 THEN 2 ELSE 3 END'],
    ["`p` = 'a\\\\b\\n'", `"p" = 'a\\b\n'`],
    ['-`a`', '-"a"'],
  ])('%s', (sql, expected) => {
    expect(translate(sql, mysql, postgres, same)).toBe(expected);
  });

  test.each([
    '`a` || `b`',
    'length(`a`)',
    "`a` regexp 'x'",
    "_binary'x' = `a`",
    '`a` <=> `b`',
    'a div b',
    'json_valid(`a`)',
    '(`a` = 1) is unknown',
  ])('refuses %s', (sql) => {
    expect(translate(sql, mysql, postgres, same)).toBeNull();
  });
});

describe('SQLite', () => {
  test('reads brackets and bare names, writes 1 and 0', () => {
    expect(translate('[Order Id] > 0 AND Done IN (0, 1)', sqlite, mysql, same)).toBe(
      '(`Order Id` > 0) AND (`Done` IN (0, 1))',
    );
    expect(translate('(active = true)', postgres, sqlite, same)).toBe('"active" = 1');
  });
});

describe('columns', () => {
  const rename: Rename = (name) => ({ OrderId: 'order_id', gone: null as null })[name] as string | null | undefined;

  test('are renamed, and unknown or missing ones refuse the whole', () => {
    expect(translate('`OrderId` > 0', mysql, postgres, rename)).toBe('"order_id" > 0');
    expect(translate('`gone` > 0', mysql, postgres, rename)).toBeNull();
    expect(translate('`unknown` > 0', mysql, postgres, rename)).toBeNull();
  });

  test('within one family everything else passes as it is written', () => {
    const sql = `(("OrderId")::integer / 2) ~ 'OrderId' AND lower(x) = date('now')`;
    expect(translate(sql, postgres, postgres, rename)).toBe(
      `(("order_id")::integer / 2) ~ 'OrderId' AND lower(x) = date('now')`,
    );
    expect(translate('gone + 1', postgres, postgres, rename)).toBeNull();
  });
});

test('exact translation refuses what the families compute a little differently', () => {
  for (const sql of ["name = 'a'", 'round(a)', 'lower(name)', "name LIKE 'a%'", "name IN ('a')"]) {
    expect(translate(sql, sqlite, postgres, same, { exact: true })).toBeNull();
  }
  expect(translate('qty * 2', sqlite, postgres, same, { exact: true })).toBe('"qty" * 2');
});
