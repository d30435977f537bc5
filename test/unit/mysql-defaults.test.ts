// Defaults and expressions as the two products' catalogues show them.

import { describe, expect, test } from 'vitest';
import { defaultSql, parseDefault } from '../../src/engine/dialects/mysql/defaults.ts';
import { plainExpression } from '../../src/engine/dialects/mysql/expression-text.ts';
import type { ColumnDefault } from '../../src/shared/model/catalog.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const text: LogicalType = { kind: 'text', length: 20, fixed: false };
const bit: LogicalType = { kind: 'bit', length: 5, varying: false };

describe('parseDefault', () => {
  test.each<[string, LogicalType, ColumnDefault | null]>([
    ['NULL', text, null],
    ["'it''s \\\\ x'", text, { kind: 'literal', value: "it's \\ x" }],
    ['0', text, { kind: 'literal', value: '0' }],
    ["b'101'", bit, { kind: 'literal', value: '00101' }],
    ['current_timestamp(3)', text, { kind: 'now' }],
    ['curdate()', text, { kind: 'today' }],
    ['uuid()', text, { kind: 'uuid' }],
    ["concat('a\\'b',1)", text, { kind: 'expression', sql: "concat('a\\'b',1)" }],
  ])('MariaDB %s', (shown, logical, expected) => expect(parseDefault(shown, '', 'MariaDB', logical)).toEqual(expected));

  test.each<[string, string, LogicalType, ColumnDefault]>([
    ['CURRENT_TIMESTAMP', '', text, { kind: 'literal', value: 'CURRENT_TIMESTAMP' }],
    ['CURRENT_TIMESTAMP', 'DEFAULT_GENERATED', text, { kind: 'now' }],
    ["it's \\ x", '', text, { kind: 'literal', value: "it's \\ x" }],
    ["_utf8mb4\\'abc\\'", 'DEFAULT_GENERATED', text, { kind: 'literal', value: 'abc' }],
    ["concat(_utf8mb3\\'a\\\\\\'b\\',1)", 'DEFAULT_GENERATED', text, { kind: 'expression', sql: "concat('a\\'b',1)" }],
  ])('MySQL %s %s', (shown, extra, logical, expected) => {
    expect(parseDefault(shown, extra, 'MySQL', logical)).toEqual(expected);
  });
});

test.each([
  ["concat(_utf8mb4\\'it\\\\\\'s \\\\\\\\ \"\\',`id`)", "concat('it\\'s \\\\ \"',`id`)"],
  ['(`_utf8mb4` + 1)', '(`_utf8mb4` + 1)'],
  ["(`a` <> _latin1\\'_utf8mb4\\')", "(`a` <> '_utf8mb4')"],
])('plainExpression %s', (shown, plain) => expect(plainExpression(shown, 'MySQL')).toBe(plain));

describe('defaultSql', () => {
  test.each<[ColumnDefault, LogicalType, string | null]>([
    [{ kind: 'literal', value: "it's \\" }, text, "'it\\'s \\\\'"],
    [{ kind: 'literal', value: '1.50' }, { kind: 'decimal', precision: 5, scale: 2 }, '1.50'],
    [{ kind: 'literal', value: 'true' }, { kind: 'boolean' }, '1'],
    [{ kind: 'literal', value: '00101' }, bit, "b'00101'"],
    [{ kind: 'now' }, { kind: 'timestamp', precision: 6, zone: false }, 'CURRENT_TIMESTAMP(6)'],
    [{ kind: 'now' }, { kind: 'date' }, '(curdate())'],
    [{ kind: 'uuid' }, { kind: 'uuid' }, '(uuid())'],
    [{ kind: 'expression', sql: 'a + 1' }, text, '(a + 1)'],
  ])('%j', (value, logical, sql) => expect(defaultSql(value, logical)).toBe(sql));
});
