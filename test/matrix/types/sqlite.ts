// Types of SQLite, as declared and as stored, with nasty samples, and what every target shall hold.

import { all, EVERY_BYTE, EXACT, HEX, MEGABYTE, NASTY, numbers, type TypeCase } from '../type-case.ts';

const NASTY_SQL = `'tab' || char(9) || 'newline' || char(10) || 'cr' || char(13) || 'back\\slash \\N \\. quote''" percent% é 漢 😀'`;

export const sqliteCases: readonly TypeCase[] = [
  { type: 'INTEGER', samples: numbers('-9223372036854775808', '9223372036854775807', '9007199254740993') },
  { type: 'INT', samples: numbers('-2147483649', '4294967296') },
  { type: 'TINYINT', about: 'holding more than its name says', samples: numbers('100000') },
  { type: 'BIGINT UNSIGNED', samples: numbers('9223372036854775807') },
  {
    type: 'REAL',
    samples: numbers('0.1', '5e-324', '1.7976931348623157e308', '123456789.12345679'),
    numeric: true,
    read: EXACT,
  },
  { type: 'FLOAT', about: 'which is a double', samples: numbers('0.1', '16777217'), numeric: true, read: EXACT },
  { type: 'DOUBLE PRECISION', samples: numbers('-2.5'), numeric: true, read: EXACT },
  {
    type: 'REAL',
    about: 'infinity',
    samples: [all('9e999', /^inf/i)],
    blocked: { mysql: 'value.not-finite' },
    only: [],
  },
  { type: 'DECIMAL(10,2)', samples: numbers('1.98', '-0.01', '100'), numeric: true },
  { type: 'NUMERIC', samples: numbers('12345678901234', '0.5'), numeric: true },
  { type: 'BOOLEAN', samples: [all('0', '0', { postgres: 'false' }), all('1', '1', { postgres: 'true' })] },
  { type: 'BOOLEAN', about: 'other numbers too', samples: numbers('0', '2') },
  {
    type: 'TEXT',
    samples: [all(NASTY_SQL, NASTY), all("''", ''), all("'  a  '", '  a  '), all("'\\N'", '\\N'), all("'\\.'", '\\.')],
  },
  { type: 'TEXT', about: '1 MB', samples: [all("replace(hex(zeroblob(262144)), '0', 'ä')", MEGABYTE)] },
  {
    type: 'TEXT',
    about: 'with U+0000',
    samples: [all("'a' || char(0) || 'b'", 'a\u0000b')],
    blocked: { postgres: 'value.nul-character' },
  },
  {
    type: 'VARCHAR(3)',
    about: 'holding more than it declares',
    samples: [all("'longer than three'", 'longer than three')],
  },
  { type: 'CHAR(5)', samples: [all("'ab'", /^ab *$/)] },
  { type: 'CLOB', samples: [all("'é'", 'é')] },
  {
    type: 'BLOB',
    samples: [all(`x'${EVERY_BYTE}'`, EVERY_BYTE), all("x''", ''), all("x'000000'", '000000')],
    read: HEX,
  },
  { type: 'DATE', samples: ['1969-12-31', '2000-02-29', '9999-12-31'].map((day) => all(`'${day}'`, day)) },
  {
    type: 'DATE',
    about: 'holding other text',
    samples: [all("'not a date'", 'not a date'), all("'2024-01-01'", '2024-01-01')],
  },
  {
    type: 'DATETIME',
    samples: [
      all("'1969-12-31 23:59:59'", /^1969-12-31 23:59:59(\.0+)?$/),
      all("'2040-02-29 12:00:00'", /^2040-02-29 12:00:00(\.0+)?$/),
    ],
  },
  { type: 'TIMESTAMP', samples: [all("'2024-01-01 12:00:00.123456'", '2024-01-01 12:00:00.123456')] },
  { type: 'DATETIME', about: 'holding unix seconds', samples: numbers('1700000000', '-1') },
  { type: 'JSON', samples: [all(`'{"n": 9007199254740993}'`, /\{"n": ?9007199254740993\}/)] },
  { type: '', about: 'no type, only numbers', samples: numbers('1', '9007199254740993') },
  { type: '', about: 'no type, only text', samples: [all("'a'", 'a'), all("'é'", 'é')] },
  { type: 'UUID', samples: [all("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')] },
];
