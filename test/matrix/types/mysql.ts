// Types of MySQL and MariaDB with nasty samples, and what every target shall hold.

import { all, EVERY_BYTE, EXACT, HEX, MEGABYTE, NASTY, numbers, type TypeCase } from '../type-case.ts';

const NASTY_SQL = `'tab\\tnewline\\ncr\\rback\\\\slash \\\\N \\\\. quote\\'" percent% é 漢 😀'`;
const DIGITS = `${'9'.repeat(35)}.${'1'.repeat(29)}2`;

export const mysqlCases: readonly TypeCase[] = [
  { type: 'tinyint', samples: numbers('-128', '0', '127') },
  { type: 'tinyint unsigned', samples: numbers('0', '255') },
  {
    type: 'tinyint(1)',
    about: 'only 0 and 1',
    samples: [all('0', '0', { postgres: 'false' }), all('1', '1', { postgres: 'true' })],
  },
  { type: 'tinyint(1)', about: 'other numbers too', samples: numbers('0', '1', '2', '-128') },
  { type: 'smallint', samples: numbers('-32768', '32767') },
  { type: 'smallint unsigned', samples: numbers('65535') },
  { type: 'mediumint', samples: numbers('-8388608', '8388607') },
  { type: 'mediumint unsigned', samples: numbers('16777215') },
  { type: 'int', samples: numbers('-2147483648', '2147483647') },
  { type: 'int unsigned', samples: numbers('4294967295') },
  { type: 'int(8) zerofill', samples: numbers('42'), numeric: true },
  { type: 'bigint', samples: numbers('-9223372036854775808', '9223372036854775807', '9007199254740993') },
  { type: 'bigint unsigned', about: 'within 63 bits', samples: numbers('9223372036854775807') },
  { type: 'bigint unsigned', about: 'all 64 bits', samples: numbers('18446744073709551615', '0') },
  { type: 'decimal(65,30)', samples: [all(DIGITS, DIGITS), all(`-${DIGITS}`, `-${DIGITS}`)] },
  { type: 'decimal(10,2)', samples: numbers('1.98', '-0.01', '99999999.99'), numeric: true },
  { type: 'decimal(20,0)', samples: numbers('12345678901234567890', '-1') },
  { type: 'decimal(20,4) unsigned', samples: [all('1234567890123456.7891', '1234567890123456.7891')] },
  {
    type: 'float',
    samples: [
      all('16777216', '16777216'),
      all('0.1', '0.10000000149011612'),
      all('-3.4028234663852886e38', '-3.4028234663852886e38'),
      all('1e-45', '1.401298464324817e-45'),
    ],
    numeric: true,
    read: EXACT,
  },
  {
    type: 'double',
    samples: numbers('0.1', '5e-324', '1.7976931348623157e308', '-2.2250738585072014e-308', '123456789.12345679'),
    numeric: true,
    read: EXACT,
  },
  {
    type: 'bit(1)',
    samples: [all("b'0'", '0', { postgres: 'false' }), all("b'1'", '1', { postgres: 'true' })],
    read: { mysql: 'v + 0' },
  },
  { type: 'bit(5)', samples: [all("b'10101'", /^(10101|21)$/), all("b'1'", /^(00001|1)$/)], read: { mysql: 'v + 0' } },
  {
    type: 'bit(64)',
    samples: [all(`b'${'1'.repeat(64)}'`, /^(1{64}|18446744073709551615)$/)],
    read: { mysql: 'v + 0' },
  },
  { type: 'year', samples: numbers('1901', '2155', '2024') },
  {
    type: 'date',
    samples: ['1000-01-01', '1969-12-31', '2000-02-29', '2038-01-20', '9999-12-31'].map((day) => all(`'${day}'`, day)),
  },
  {
    type: 'date',
    about: 'zero and partial',
    samples: ['0000-00-00', '2001-00-00', '2001-00-05'].map((day) => all(`'${day}'`, day)),
    blocked: { postgres: 'value.zero-date' },
  },
  {
    type: 'datetime',
    about: 'zero',
    samples: [all("'0000-00-00 00:00:00'", '0000-00-00 00:00:00')],
    blocked: { postgres: 'value.zero-date' },
  },
  { type: 'time', about: 'within a day', samples: [all("'00:00:00'", '00:00:00'), all("'23:59:59'", '23:59:59')] },
  {
    type: 'time',
    about: 'beyond a day',
    samples: [all("'-100:30:00'", '-100:30:00'), all("'838:59:59'", '838:59:59'), all("'-00:00:01'", '-00:00:01')],
  },
  { type: 'time(6)', samples: [all("'12:34:56.123456'", '12:34:56.123456')] },
  {
    type: 'time(6)',
    about: 'beyond a day',
    samples: [all("'-838:59:58.999999'", '-838:59:58.999999')],
  },
  {
    type: 'datetime',
    samples: ['1000-01-01 00:00:00', '1969-12-31 23:59:59', '2040-02-29 12:00:00', '9999-12-31 23:59:59'].map((at) =>
      all(`'${at}'`, at),
    ),
  },
  {
    type: 'datetime(6)',
    samples: ['1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.123456'].map((at) => all(`'${at}'`, at)),
  },
  {
    type: 'timestamp(6) NULL',
    samples: [
      all("'2038-01-19 03:14:07.999999'", /^2038-01-19 03:14:07\.999999(\+00(:00)?|Z)?$/),
      all("'1970-01-01 00:00:01.000001'", /^1970-01-01 00:00:01\.000001(\+00(:00)?|Z)?$/),
    ],
  },
  { type: 'char(5)', samples: [all("'ab'", 'ab'), all("''", ''), all("'äöü😀x'", 'äöü😀x')] },
  {
    type: 'varchar(100)',
    samples: [
      all(NASTY_SQL, NASTY),
      all("''", ''),
      all("'  a  '", '  a  '),
      all("'\\\\N'", '\\N'),
      all("'NULL'", 'NULL'),
    ],
  },
  {
    type: 'varchar(20) CHARACTER SET latin1',
    samples: [all("'Größe'", 'Größe'), all("CONVERT(_latin1 x'9368690094' USING latin1)", '“hi\u0000”')],
    blocked: { postgres: 'value.nul-character' },
  },
  {
    type: 'varchar(30) CHARACTER SET latin1',
    about: 'which is cp1252',
    samples: [
      all("CONVERT(_latin1 x'93686994' USING latin1)", '“hi”'),
      all("CONVERT(_latin1 x'80' USING latin1)", '€'),
    ],
  },
  { type: 'text', samples: [all(NASTY_SQL, NASTY), all("''", ''), all("'\\\\.\\n\\\\.'", '\\.\n\\.')] },
  { type: 'longtext', about: '1 MB', samples: [all("repeat('ä', 524288)", MEGABYTE)] },
  {
    type: 'longtext',
    about: 'with U+0000',
    samples: [all("'a\\0b'", 'a\u0000b')],
    blocked: { postgres: 'value.nul-character' },
  },
  { type: 'binary(4)', samples: [all("x'00ff0000'", '00ff0000')], read: HEX },
  { type: 'varbinary(300)', samples: [all(`x'${EVERY_BYTE}'`, EVERY_BYTE), all("''", '')], read: HEX },
  { type: 'blob', samples: [all("x'000000'", '000000'), all("x'5c4e0a09'", '5c4e0a09')], read: HEX },
  {
    type: 'longblob',
    about: '1 MB',
    samples: [all(`repeat(x'${EVERY_BYTE}', 4096)`, EVERY_BYTE.repeat(4096))],
    read: HEX,
  },
  {
    type: "enum('','small','it''s','a,b')",
    samples: [all("''", ''), all("'small'", 'small'), all("'it''s'", "it's"), all("'a,b'", 'a,b')],
  },
  { type: "enum('a','b')", about: 'with the error value', samples: [all("'zzz'", ''), all("'b'", 'b')] },
  {
    type: "set('a','b','c')",
    samples: [
      all("'a,c'", 'a,c', { postgres: '{a,c}' }),
      all("''", '', { postgres: '{}' }),
      all("'c,b,a'", 'a,b,c', { postgres: '{a,b,c}' }),
    ],
  },
  {
    type: 'vector(2)',
    about: 'as the bytes of its numbers',
    only: ['mysql9'],
    samples: [all("TO_VECTOR('[0.123456789, 16777217]')", 'ead6fc3d0000804b')],
    read: HEX,
  },
  {
    type: 'json',
    samples: [
      all(`'{"n": 9007199254740993, "s": "é 😀", "l": [1, null, true]}'`, /"?n"?: ?9007199254740993/),
      all(`'[]'`, '[]'),
      all(`'"text"'`, '"text"'),
      all(`'null'`, 'null'),
    ],
  },
  { type: 'point', samples: [all("ST_GeomFromText('POINT(1 2)')", 'POINT(1 2)')], read: { mysql: 'ST_AsText(v)' } },
  {
    type: 'uuid',
    only: ['mariadb'],
    samples: [all("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')],
  },
  { type: 'inet6', only: ['mariadb'], samples: [all("'2001:db8::ff00:42:8329'", '2001:db8::ff00:42:8329')] },
];
