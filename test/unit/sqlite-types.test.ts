// Declared types, their affinity, and proposals that read back as the type they were made for.

import { describe, expect, it } from 'vitest';
import type { ColumnFacts } from '../../src/engine/dialects/ddl.ts';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
import { affinityOf } from '../../src/engine/dialects/sqlite/type-parse.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const server = { family: 'sqlite', variant: 'SQLite', version: '3.54.1', versionNumber: 35_401 } as const;
const nothing: ColumnFacts = { answers: {}, keyed: false, identity: false };
const int64: LogicalType = { kind: 'integer', bits: 64, unsigned: false };

describe('affinity', () => {
  it.each([
    ['INTEGER', 'integer'],
    ['POINT', 'integer'],
    ['INTERVAL', 'integer'],
    ['CHARINT', 'integer'],
    ['varchar(20)', 'text'],
    ['TEXT_DECIMAL(65,30)', 'text'],
    ['TEXT_UNSIGNED', 'text'],
    ['JSON_TEXT', 'text'],
    ['', 'blob'],
    ['BLOB', 'blob'],
    ['DOUBLE PRECISION', 'real'],
    ['DECIMAL(10,2)', 'numeric'],
    ['DATETIME', 'numeric'],
    ['STRING', 'numeric'],
    ['TEXT COLLATE NOCASE', 'text'],
  ])('%s: %s', (native, affinity) => expect(affinityOf(native)).toBe(affinity));
});

describe('parse', () => {
  it.each<[string, LogicalType]>([
    ['INTEGER AUTOINCREMENT', int64],
    ['int(11)', int64],
    ['UNSIGNED BIG INT', int64],
    ['tinyint(1)', { ...int64, maybeBoolean: true } as LogicalType],
    ['decimal(10, 2)', { kind: 'decimal', precision: 10, scale: 2 }],
    ['NUMERIC', { kind: 'decimal', precision: null, scale: null }],
    ['float', { kind: 'float', bits: 64 }],
    ['NVARCHAR(40) COLLATE NOCASE', { kind: 'text', length: null, fixed: false }],
    ['timestamp', { kind: 'timestamp', precision: 6, zone: false }],
    ['timestamp(3) with time zone', { kind: 'timestamp', precision: 3, zone: true }],
    ['bytea', { kind: 'binary', length: null, fixed: false }],
    ['no such type', { kind: 'decimal', precision: null, scale: null }],
    ['', { kind: 'opaque', native: 'ANY' }],
  ])('%s', (native, logical) => expect(sqlite.types.parse(native)).toEqual(logical));
});

describe('propose', () => {
  it.each<LogicalType>([
    { kind: 'boolean' },
    int64,
    { kind: 'integer', bits: 64, unsigned: true },
    { kind: 'decimal', precision: 10, scale: 2 },
    { kind: 'decimal', precision: 65, scale: 30 },
    { kind: 'decimal', precision: null, scale: null },
    { kind: 'float', bits: 64 },
    { kind: 'text', length: null, fixed: false },
    { kind: 'binary', length: null, fixed: false },
    { kind: 'date' },
    { kind: 'time', precision: 3, extended: false, zone: false },
    { kind: 'time', precision: 6, extended: true, zone: false },
    { kind: 'time', precision: 6, extended: false, zone: true },
    { kind: 'timestamp', precision: 6, zone: false },
    { kind: 'timestamp', precision: 0, zone: true },
    { kind: 'interval' },
    { kind: 'uuid' },
    { kind: 'json' },
    { kind: 'bit', length: 5, varying: false },
    { kind: 'geometry', subtype: null },
  ])('reads back as it was meant: %o', (logical) => {
    expect(sqlite.types.parse(sqlite.types.propose(logical, nothing, server).native)).toEqual(logical);
  });

  it('keeps decimals beyond 15 digits and integers beyond 64 bits from becoming doubles', () => {
    const decimal = sqlite.types.propose({ kind: 'decimal', precision: 16, scale: 2 }, nothing, server);
    const unsigned = sqlite.types.propose({ kind: 'integer', bits: 64, unsigned: true }, nothing, server);
    expect(affinityOf(decimal.native)).toBe('text');
    expect(affinityOf(unsigned.native)).toBe('text');
    const fits = { ...nothing, answers: { max: '9223372036854775807' } };
    expect(sqlite.types.propose({ kind: 'integer', bits: 64, unsigned: true }, fits, server).native).toBe('INTEGER');
  });

  it('keeps a declared type of its own family to the letter', () => {
    const facts: ColumnFacts = { ...nothing, family: 'sqlite', native: 'nvarchar(40) COLLATE NOCASE' };
    expect(sqlite.types.propose({ kind: 'text', length: null, fixed: false }, facts, server).native).toBe(facts.native);
  });
});
