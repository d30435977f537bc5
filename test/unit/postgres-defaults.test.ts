// Column defaults as PostgreSQL shows them, and as it must be given them.

import { describe, expect, test } from 'vitest';
import { defaultSql, parseDefault } from '../../src/engine/dialects/postgres/default-sql.ts';
import type { ColumnDefault } from '../../src/shared/model/catalog.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const INTEGER: LogicalType = { kind: 'integer', bits: 32, unsigned: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };
const literal = (value: string): ColumnDefault => ({ kind: 'literal', value });

test.each<[string, LogicalType, ColumnDefault | null]>([
  ["'it''s'::text", TEXT, literal("it's")],
  ["''::character varying", TEXT, literal('')],
  ["'x'::character varying(20)", TEXT, literal('x')],
  ["'happy'::mood", TEXT, literal('happy')],
  [`'happy'::other."Mood"`, TEXT, literal('happy')],
  ["'{}'::text[]", { kind: 'array', element: { kind: 'text', length: null, fixed: false } }, literal('{}')],
  ["'-5'::integer", INTEGER, literal('-5')],
  ['42', INTEGER, literal('42')],
  ['(-1)', INTEGER, literal('-1')],
  ['1.50', { kind: 'decimal', precision: null, scale: null }, literal('1.50')],
  ['0::numeric(10,2)', { kind: 'decimal', precision: 10, scale: 2 }, literal('0')],
  ['true', { kind: 'boolean' }, literal('true')],
  ['B\'101\'::"bit"', { kind: 'bit', length: 3, varying: false }, literal('101')],
  ['now()', { kind: 'timestamp', precision: 6, zone: true }, { kind: 'now' }],
  ['CURRENT_TIMESTAMP', { kind: 'timestamp', precision: 6, zone: true }, { kind: 'now' }],
  ['CURRENT_DATE', { kind: 'date' }, { kind: 'today' }],
  ['gen_random_uuid()', { kind: 'uuid' }, { kind: 'uuid' }],
  ['NULL::character varying', TEXT, null],
  ["'\\x00'::bytea", BYTES, { kind: 'expression', sql: "'\\x00'::bytea" }],
  ["('a'::text || 'b'::text)", TEXT, { kind: 'expression', sql: "('a'::text || 'b'::text)" }],
  ["nextval('s'::regclass)", INTEGER, { kind: 'expression', sql: "nextval('s'::regclass)" }],
])('reads %s', (sql, logical, expected) => {
  expect(parseDefault(sql, logical)).toEqual(expected);
});

describe('writes', () => {
  test.each<[ColumnDefault | null, LogicalType, string | null]>([
    [null, TEXT, null],
    [literal("it's"), TEXT, "'it''s'"],
    [literal('1'), { kind: 'boolean' }, 'true'],
    [literal('maybe'), { kind: 'boolean' }, null],
    [literal('-1.5'), { kind: 'decimal', precision: 3, scale: 1 }, '-1.5'],
    [literal('1; DROP'), INTEGER, "'1; DROP'"],
    [literal('A'), BYTES, "'\\x41'"],
    [literal('101'), { kind: 'bit', length: 3, varying: false }, "B'101'"],
    [{ kind: 'now' }, { kind: 'timestamp', precision: 6, zone: false }, 'CURRENT_TIMESTAMP'],
    [{ kind: 'now' }, { kind: 'date' }, 'CURRENT_DATE'],
    [{ kind: 'uuid' }, TEXT, 'gen_random_uuid()::text'],
    [{ kind: 'expression', sql: 'lower(x)' }, TEXT, 'lower(x)'],
  ])('%j', (value, logical, sql) => {
    expect(defaultSql(value, logical)).toBe(sql);
  });
});
