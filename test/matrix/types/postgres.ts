// Types of PostgreSQL with nasty samples, and what every target shall hold.

import { all, EVERY_BYTE, EXACT, HEX, MEGABYTE, NASTY, numbers, type TypeCase } from '../type-case.ts';

const NASTY_SQL = `E'tab\\tnewline\\ncr\\rback\\\\slash \\\\N \\\\. quote\\'" percent% é 漢 😀'`;
const DIGITS = `${'9'.repeat(35)}.${'1'.repeat(29)}2`;

export const postgresCases: readonly TypeCase[] = [
  {
    type: 'boolean',
    samples: [all('true', '1', { postgres: 'true' }), all('false', '0', { postgres: 'false' })],
  },
  { type: 'smallint', samples: numbers('-32768', '32767') },
  { type: 'integer', samples: numbers('-2147483648', '2147483647') },
  { type: 'bigint', samples: numbers('-9223372036854775808', '9223372036854775807', '9007199254740993') },
  { type: 'numeric(65,30)', samples: [all(DIGITS, DIGITS), all(`-${DIGITS}`, `-${DIGITS}`)] },
  { type: 'numeric(10,2)', samples: numbers('1.98', '-0.01', '99999999.99'), numeric: true },
  { type: 'numeric(5,-2)', samples: [all('1234567', /^1234600(\.0*)?$/)] },
  {
    type: 'numeric',
    about: 'of any size',
    samples: [
      all('123456789012345678901234567890.123456789', /^123456789012345678901234567890\.1234567890*$/),
      all('0.00000000000000000001', /^0\.000000000000000000010*$/),
      all('100', /^100(\.0*)?$/),
    ],
  },
  {
    type: 'numeric',
    about: 'NaN and infinity',
    samples: [all("'NaN'", 'NaN'), all("'-Infinity'", '-Infinity')],
    blocked: { mysql: 'value.not-finite', sqlite: 'value.not-finite' },
  },
  { type: 'money', samples: [all("'-12.34'::numeric", '-12.34', { postgres: '-$12.34' })] },
  {
    type: 'real',
    samples: [all('16777216', '16777216'), all('0.1', '0.10000000149011612'), all('1e-45', '1.401298464324817e-45')],
    numeric: true,
    read: EXACT,
  },
  {
    type: 'double precision',
    samples: numbers('0.1', '5e-324', '1.7976931348623157e308', '-2.2250738585072014e-308', '123456789.12345679'),
    numeric: true,
    read: EXACT,
  },
  {
    type: 'double precision',
    about: 'NaN and infinity',
    samples: [all("'NaN'", 'NaN'), all("'Infinity'", 'Infinity')],
    blocked: { mysql: 'value.not-finite', sqlite: 'value.not-finite' },
  },
  { type: 'double precision', about: 'minus zero', samples: [all("'-0'", /^-?0(\.0)?$/)] },
  {
    type: 'text',
    samples: [
      all(NASTY_SQL, NASTY),
      all("''", ''),
      all("'  a  '", '  a  '),
      all("'\\N'", '\\N'),
      all("E'\\\\.\\n\\\\.'", '\\.\n\\.'),
    ],
  },
  { type: 'text', about: '1 MB', samples: [all("repeat('ä', 524288)", MEGABYTE)] },
  {
    type: 'varchar(50)',
    samples: [all(NASTY_SQL.replace(' percent%', ''), NASTY.replace(' percent%', '')), all("'a '", 'a ')],
  },
  { type: 'char(5)', samples: [all("'ab'", /^ab *$/), all("''", /^ *$/)] },
  {
    type: 'bytea',
    samples: [all(`'\\x${EVERY_BYTE}'`, EVERY_BYTE), all("''", ''), all("'\\x000000'", '000000')],
    read: HEX,
  },
  {
    type: 'bytea',
    about: '1 MB',
    samples: [all(`decode(repeat('${EVERY_BYTE}', 4096), 'hex')`, EVERY_BYTE.repeat(4096))],
    read: HEX,
  },
  {
    type: 'date',
    samples: ['1000-01-01', '1969-12-31', '2000-02-29', '2038-01-20', '9999-12-31'].map((day) => all(`'${day}'`, day)),
  },
  {
    type: 'date',
    about: 'infinity, BC and beyond 9999',
    samples: [
      all("'infinity'", 'infinity'),
      all("'0044-03-15 BC'", '0044-03-15 BC'),
      all("'12345-01-01'", '12345-01-01'),
    ],
    blocked: { mysql: 'value.date-range' },
  },
  {
    type: 'timestamp',
    samples: ['1000-01-01 00:00:00.000001', '1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.123456'].map((at) =>
      all(`'${at}'`, at),
    ),
  },
  {
    type: 'timestamptz',
    samples: [
      all("'2040-06-01 12:00:00.123456+02'", /^2040-06-01 10:00:00\.123456(\+00(:00)?|Z)?$/),
      all("'1969-12-31 23:00:00.999999-01'", /^1970-01-01 00:00:00\.999999(\+00(:00)?|Z)?$/),
    ],
  },
  {
    type: 'timestamptz',
    about: 'infinity',
    samples: [all("'infinity'", 'infinity')],
    blocked: { mysql: 'value.date-range' },
  },
  { type: 'time', samples: [all("'23:59:59.999999'", '23:59:59.999999'), all("'00:00:00.000001'", '00:00:00.000001')] },
  { type: 'timetz', samples: [all("'12:34:56.789123+05:30'", '12:34:56.789123+05:30')] },
  {
    type: 'interval',
    samples: [
      all("'1 year 2 mons 3 days 04:05:06.7'", 'P1Y2M3DT4H5M6.7S', { postgres: '1 year 2 mons 3 days 04:05:06.7' }),
      all("'-1 mon +2 days -00:00:00.000001'", 'P-1M2DT-0.000001S', { postgres: '-1 mons +2 days -00:00:00.000001' }),
      all("'0'", 'PT0S', { postgres: '00:00:00' }),
    ],
  },
  { type: 'oid', samples: numbers('0', '4294967295') },
  { type: 'uuid', samples: [all("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')] },
  {
    type: 'json',
    samples: [
      all(`'{"b":1,  "a":2}'`, '{"b":1,  "a":2}', { mysql: /^\{"(b":1, {2}"a":2|a": 2, "b": 1)\}$/ }),
      all(`'{"s":"\\u00e9 \\\\ \\" 😀"}'`, '{"s":"\\u00e9 \\\\ \\" 😀"}', {
        mysql: /^\{"s": ?"(\\u00e9|é) \\\\ \\" 😀"\}$/,
      }),
    ],
  },
  {
    type: 'json',
    about: 'with numbers beyond a double',
    samples: [all(`'{"a":12345678901234567890.123}'`, /^\{"a": ?12345678901234567890\.123\}$/)],
    blocked: { mysql9: 'value.json-number' },
  },
  {
    type: 'jsonb',
    samples: [
      all(`'{"a": [1, null, "é 😀"], "n": 9007199254740993}'`, /"n": ?9007199254740993/),
      all("'null'", 'null'),
    ],
  },
  { type: 'bit(5)', samples: [all("B'10101'", /^(10101|21)$/)], read: { mysql: 'v + 0' } },
  { type: 'bit varying(70)', samples: [all(`B'${'10'.repeat(35)}'`, '10'.repeat(35)), all("B'001'", '001')] },
  {
    type: 'mood',
    setup: "CREATE TYPE mood AS ENUM ('', 'sad', 'it''s');",
    samples: [all("'sad'", 'sad'), all("'it''s'", "it's"), all("''", '')],
  },
  {
    type: 'integer[]',
    samples: [all("'{1,NULL,3}'", /^(\{1,NULL,3\}|\[1, ?null, ?3\])$/), all("'{}'", /^(\{\}|\[\])$/)],
  },
  {
    type: 'text[]',
    samples: [
      all(`'{"a,b",NULL,"","q\\"\\\\"}'`, /^(\{"a,b",NULL,"","q\\"\\\\"\}|\["a,b", ?null, ?"", ?"q\\"\\\\"\])$/),
    ],
  },
  { type: 'int4range', samples: [all("'[1,5)'", '[1,5)'), all("'empty'", 'empty')] },
  { type: 'numrange', samples: [all("'(1.5,]'", '(1.5,)')] },
  {
    type: 'inet',
    samples: [all("'10.1.2.3/8'", '10.1.2.3/8'), all("'2001:db8::1'", '2001:db8::1', { postgres: '2001:db8::1/128' })],
  },
  { type: 'cidr', samples: [all("'10.0.0.0/8'", '10.0.0.0/8')] },
  { type: 'macaddr', samples: [all("'08:00:2b:01:02:03'", '08:00:2b:01:02:03')] },
  { type: 'point', samples: [all("'(1,2)'", '(1,2)')] },
  { type: 'tsvector', samples: [all("'fat cat'", "'cat' 'fat'")] },
  {
    type: 'pair',
    setup: 'CREATE TYPE pair AS (a integer, b text);',
    samples: [all(`'(1,"a b")'`, '(1,"a b")')],
  },
  {
    type: 'positive',
    setup: 'CREATE DOMAIN positive AS integer CHECK (VALUE > 0);',
    samples: numbers('7'),
  },
];
