// PostgreSQL's type names and the types proposed for what other databases hold.

import { describe, expect, test } from 'vitest';
import { types } from '../../src/engine/dialects/postgres/types.ts';
import type { Server } from '../../src/shared/model/connection.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const SERVER: Server = { family: 'postgres', variant: 'PostgreSQL', version: '16.1', versionNumber: 160_100 };
const NO_FACTS = { answers: {}, keyed: false, identity: false };
const TINY: LogicalType = { kind: 'integer', bits: 8, unsigned: false, maybeBoolean: true };
const UINT64: LogicalType = { kind: 'integer', bits: 64, unsigned: true };
const LONG_TIME: LogicalType = { kind: 'time', precision: 0, extended: true, zone: false };

describe('parse', () => {
  test.each<[string, LogicalType]>([
    ['bigint', { kind: 'integer', bits: 64, unsigned: false }],
    ['BIGSERIAL', { kind: 'integer', bits: 64, unsigned: false }],
    ['numeric(10,2)', { kind: 'decimal', precision: 10, scale: 2 }],
    ['decimal( 10 )', { kind: 'decimal', precision: 10, scale: 0 }],
    ['numeric', { kind: 'decimal', precision: null, scale: null }],
    ['money', { kind: 'decimal', precision: 19, scale: 2 }],
    ['double precision', { kind: 'float', bits: 64 }],
    ['float(24)', { kind: 'float', bits: 32 }],
    ['character varying(20)', { kind: 'text', length: 20, fixed: false }],
    ['varchar', { kind: 'text', length: null, fixed: false }],
    ['char', { kind: 'text', length: 1, fixed: true }],
    ['bpchar', { kind: 'text', length: null, fixed: false }],
    ['"char"', { kind: 'opaque', native: '"char"' }],
    ['time(3) without time zone', { kind: 'time', precision: 3, extended: false, zone: false }],
    ['time with time zone', { kind: 'time', precision: 6, extended: false, zone: true }],
    ['timestamp(0) with time zone', { kind: 'timestamp', precision: 0, zone: true }],
    ['timestamptz(3)', { kind: 'timestamp', precision: 3, zone: true }],
    ['timestamp', { kind: 'timestamp', precision: 6, zone: false }],
    ['interval day to second(3)', { kind: 'interval' }],
    ['interval(3)', { kind: 'interval' }],
    ['bit varying(8)', { kind: 'bit', length: 8, varying: true }],
    ['bit', { kind: 'bit', length: 1, varying: false }],
    ['jsonb', { kind: 'json' }],
    ['inet', { kind: 'opaque', native: 'inet' }],
    ['numeric(10,2)[]', { kind: 'array', element: { kind: 'decimal', precision: 10, scale: 2 } }],
    ['text[][]', { kind: 'array', element: { kind: 'text', length: null, fixed: false } }],
    ['timestamp with time zone[]', { kind: 'array', element: { kind: 'timestamp', precision: 6, zone: true } }],
    ['geometry(Point,4326)', { kind: 'geometry', subtype: 'point' }],
    ['public.geometry', { kind: 'geometry', subtype: null }],
  ])('%s', (native, logical) => {
    expect(types.parse(native)).toEqual(logical);
  });

  test.each(['mood', 'int unsigned', 'tinyint(1)', 'text with time zone', 'numeric(2000)', '', 'no such type'])(
    '%s is no type of PostgreSQL',
    (native) => {
      expect(types.parse(native)).toBeNull();
    },
  );
});

describe('propose', () => {
  test.each<[LogicalType, string]>([
    [{ kind: 'integer', bits: 8, unsigned: true }, 'smallint'],
    [{ kind: 'integer', bits: 16, unsigned: true }, 'integer'],
    [{ kind: 'integer', bits: 24, unsigned: true }, 'integer'],
    [{ kind: 'integer', bits: 32, unsigned: true }, 'bigint'],
    [UINT64, 'numeric(20)'],
    [TINY, 'smallint'],
    [{ kind: 'decimal', precision: 65, scale: 30 }, 'numeric(65,30)'],
    [{ kind: 'decimal', precision: 2, scale: 5 }, 'numeric'],
    [{ kind: 'text', length: 50, fixed: false }, 'character varying(50)'],
    [{ kind: 'text', length: 2, fixed: true }, 'character(2)'],
    [{ kind: 'text', length: 0, fixed: false }, 'text'],
    [{ kind: 'binary', length: 16, fixed: true }, 'bytea'],
    [{ kind: 'timestamp', precision: 6, zone: false }, 'timestamp without time zone'],
    [{ kind: 'timestamp', precision: 3, zone: true }, 'timestamp(3) with time zone'],
    [LONG_TIME, 'interval'],
    [{ kind: 'set', labels: ['a'] }, 'text[]'],
    [{ kind: 'bit', length: 5, varying: false }, 'bit(5)'],
    [{ kind: 'array', element: { kind: 'float', bits: 64 } }, 'double precision[]'],
    [{ kind: 'opaque', native: 'year' }, 'text'],
  ])('%j', (logical, native) => {
    expect(types.propose(logical, NO_FACTS, SERVER).native).toBe(native);
    expect(types.parse(native)).not.toBeNull();
  });

  test('tinyint(1) is a boolean only where the values say so', () => {
    const asked = (min: string | null, max: string | null) =>
      types.propose(TINY, { ...NO_FACTS, answers: { min, max } }, SERVER).native;
    expect(asked('0', '1')).toBe('boolean');
    expect(asked('0', '2')).toBe('smallint');
    expect(asked('-1', '1')).toBe('smallint');
    expect(asked(null, null)).toBe('smallint');
  });

  test('unsigned bigint stays bigint where the values fit', () => {
    const asked = (max: string | null) => types.propose(UINT64, { ...NO_FACTS, answers: { max } }, SERVER).native;
    expect(asked('9223372036854775807')).toBe('bigint');
    expect(asked('9223372036854775808')).toBe('numeric(20)');
    expect(asked(null)).toBe('bigint');
  });

  test('a TIME within the day stays a time', () => {
    const facts = { ...NO_FACTS, answers: { timeOutsideDay: '0' } };
    expect(types.propose(LONG_TIME, facts, SERVER).native).toBe('time(0) without time zone');
  });

  test('an enum is text held to its labels', () => {
    expect(types.propose({ kind: 'enum', labels: ['a', ''] }, NO_FACTS, SERVER)).toEqual({
      native: 'text',
      checkLabels: ['a', ''],
    });
  });

  test('from PostgreSQL a built-in type stays itself, a type of the user’s does not', () => {
    const from = (logical: LogicalType, native: string) =>
      types.propose(logical, { ...NO_FACTS, native, family: 'postgres' }, SERVER).native;
    expect(from({ kind: 'json' }, 'json')).toBe('json');
    expect(from({ kind: 'opaque', native: 'inet' }, 'inet')).toBe('inet');
    expect(from({ kind: 'opaque', native: 'comp' }, 'comp')).toBe('text');
    expect(from({ kind: 'enum', labels: ['a'] }, 'mood')).toBe('text');
    expect(from({ kind: 'integer', bits: 32, unsigned: false }, 'serial')).toBe('integer');
  });
});
