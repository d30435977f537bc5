// Types of MySQL and MariaDB: read from their own words, and proposed for values of other databases.

import { describe, expect, test } from 'vitest';
import type { ColumnFacts } from '../../src/engine/dialects/ddl.ts';
import { parseType } from '../../src/engine/dialects/mysql/type-parse.ts';
import { types } from '../../src/engine/dialects/mysql/types.ts';
import type { Server } from '../../src/shared/model/connection.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const mysql: Server = { family: 'mysql', variant: 'MySQL', version: '8.4.0', versionNumber: 80_400 };
const maria: Server = { family: 'mysql', variant: 'MariaDB', version: '10.11.6-MariaDB', versionNumber: 101_106 };
const facts: ColumnFacts = { answers: {}, keyed: false, identity: false };

describe('parseType', () => {
  test.each<[string, LogicalType | null]>([
    ['int(11)', { kind: 'integer', bits: 32, unsigned: false }],
    ['BIGINT(20) UNSIGNED', { kind: 'integer', bits: 64, unsigned: true }],
    ['int(8) zerofill', { kind: 'integer', bits: 32, unsigned: true }],
    ['tinyint(1)', { kind: 'integer', bits: 8, unsigned: false, maybeBoolean: true }],
    ['tinyint(4)', { kind: 'integer', bits: 8, unsigned: false }],
    ['bool', { kind: 'integer', bits: 8, unsigned: false, maybeBoolean: true }],
    ['year(4)', { kind: 'integer', bits: 16, unsigned: false }],
    ['decimal(65,30)', { kind: 'decimal', precision: 65, scale: 30 }],
    ['decimal', { kind: 'decimal', precision: 10, scale: 0 }],
    ['float', { kind: 'float', bits: 32 }],
    ['float(53)', { kind: 'float', bits: 64 }],
    ['double precision', { kind: 'float', bits: 64 }],
    ['varchar(20) character set latin1 collate latin1_bin', { kind: 'text', length: 20, fixed: false }],
    ['char', { kind: 'text', length: 1, fixed: true }],
    ['varchar', null],
    ['mediumtext', { kind: 'text', length: null, fixed: false }],
    ['binary(16)', { kind: 'binary', length: 16, fixed: true }],
    ['time(3)', { kind: 'time', precision: 3, extended: true, zone: false }],
    ['datetime(6)', { kind: 'timestamp', precision: 6, zone: false }],
    ['timestamp', { kind: 'timestamp', precision: 0, zone: true }],
    ['bit(5)', { kind: 'bit', length: 5, varying: false }],
    ['point srid 4326', { kind: 'geometry', subtype: 'point' }],
    ['inet6', { kind: 'opaque', native: 'inet6' }],
    ['jsonb', null],
    ['int; drop table x', null],
  ])('%s', (native, logical) => expect(parseType(native)).toEqual(logical));

  test.each<[string, string[]]>([
    ["enum('a','b')", ['a', 'b']],
    ["enum('a,b','it''s','c\"d','')", ['a,b', "it's", 'c"d', '']],
    ["ENUM( 'x)' , 'y' )", ['x)', 'y']],
    ["enum('back\\\\slash','it\\'s')", ['back\\slash', "it's"]],
  ])('labels of %s', (native, labels) => expect(parseType(native)).toEqual({ kind: 'enum', labels }));
});

describe('propose', () => {
  const text: LogicalType = { kind: 'text', length: null, fixed: false };
  const decimal: LogicalType = { kind: 'decimal', precision: null, scale: null };

  test.each<[LogicalType, Partial<ColumnFacts>, string]>([
    [text, {}, 'longtext'],
    [text, { answers: { maxBytes: '100' } }, 'text'],
    [text, { answers: { maxBytes: '60000' } }, 'mediumtext'],
    [text, { keyed: true, answers: { maxChars: '30' } }, 'varchar(191)'],
    [text, { keyed: true, answers: { maxChars: '600' } }, 'varchar(768)'],
    [decimal, { answers: { maxIntegerDigits: '5', maxScale: '4' } }, 'decimal(24,4)'],
    [decimal, { answers: { maxIntegerDigits: '40', maxScale: '29' } }, 'varchar(255)'],
    [{ kind: 'decimal', precision: 12, scale: 2 }, {}, 'decimal(12,2)'],
    [{ kind: 'timestamp', precision: 6, zone: true }, {}, 'datetime(6)'],
    [{ kind: 'boolean' }, {}, 'tinyint(1)'],
    [{ kind: 'uuid' }, {}, 'char(36)'],
    [{ kind: 'enum', labels: ['a', "it's"] }, {}, "enum('a','it\\'s')"],
    [{ kind: 'enum', labels: ['a', 'A'] }, {}, 'varchar(1)'],
    [{ kind: 'enum', labels: ['a '] }, {}, 'varchar(2)'],
    [{ kind: 'binary', length: null, fixed: false }, { keyed: true, answers: { maxBytes: '20' } }, 'varbinary(255)'],
    [{ kind: 'array', element: { kind: 'boolean' } }, {}, 'json'],
  ])('%j %j → %s', (logical, known, native) => {
    expect(types.propose(logical, { ...facts, ...known }, mysql).native).toBe(native);
  });

  test.each<[string, string, string]>([
    ['int(10) unsigned', 'int unsigned', 'int unsigned'],
    ['tinyint(1)', 'tinyint(1)', 'tinyint(1)'],
    ["set('a','b')", "set('a','b')", "set('a','b')"],
    ['uuid', 'char(36)', 'uuid'],
    ['inet6', 'varchar(45)', 'inet6'],
    ['point srid 4326', 'point srid 4326', 'point'],
  ])('keeps %s within the family', (native, onMysql, onMaria) => {
    const logical = parseType(native)!;
    const known = { ...facts, native, family: 'mysql' } as const;
    expect(types.propose(logical, known, mysql).native).toBe(onMysql);
    expect(types.propose(logical, known, maria).native).toBe(onMaria);
  });
});
