// The quick look at SQLite's values answers as the exact one does, whatever the values are.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { copyOf } from '../../src/engine/dialects/sqlite/pages/page-file.ts';
import { exactAnswers } from '../../src/engine/dialects/sqlite/profiler/exact.ts';
import { pageAnswers } from '../../src/engine/dialects/sqlite/profiler/page-facts.ts';
import { profileTable } from '../../src/engine/dialects/sqlite/profiler.ts';
import { parseType } from '../../src/engine/dialects/sqlite/type-parse.ts';
import type { Question } from '../../src/shared/model/profile.ts';

const ROUNDS = 300;
const ROWS = 40;

const QUESTIONS: readonly Question[] = [
  ...(['nonNull', 'nulls', 'min', 'max', 'maxChars', 'empty', 'nulCharacters', 'zeroDates'] as const),
  ...(['dateOutsideRange', 'notFinite', 'notANumber', 'maxIntegerDigits', 'maxScale', 'wideCharacters'] as const),
  ...(['notUtf8', 'storageInteger', 'storageReal', 'storageText', 'storageBlob', 'notIsoTimestamp'] as const),
];

/** Ordinary values of each type first, then those that are not. */
const VALUES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  INTEGER: [
    ['1', '-7', '0', '9223372036854775807', '-9223372036854775808', 'NULL'],
    ["'x'", "'12'", '1.5', "x'00'", "''"],
  ],
  BOOLEAN: [
    ['0', '1', 'NULL'],
    ['2', "'yes'", '0.5'],
  ],
  'DECIMAL(10,2)': [
    ['1', '1.5', '-0.25', '99999999.99', 'NULL', '0', '100'],
    ['1.005', '1e15', "'12.345'", "'NaN'", '9e999', '-9e999', "'x'", "x'ff'", '9007199254740993'],
  ],
  REAL: [
    ['1.5', '-2', '1e300', 'NULL'],
    ["'a'", '9e999', "'NaN'", "x'01'"],
  ],
  DATE: [
    ["'2024-02-29'", "'1999-12-31'", "'2001-01-01'", "'9999-12-31'", "'1000-01-01'", 'NULL'],
    [
      ...[
        "'2023-02-29'",
        "'0000-00-00'",
        "'2024-00-10'",
        "'2024-10-00'",
        "'12024-01-01'",
        "'infinity'",
        "'0044-03-15 BC'",
      ],
      ...[
        "'2024-01-01 00:00:00'",
        "'2024-01-01' || char(0)",
        "'24-1-1'",
        '20240101',
        "'1944-03-15 BC'",
        "'0999-01-01'",
      ],
    ],
  ],
  DATETIME: [
    [
      ...["'2024-02-29 23:59:59'", "'1999-12-31 00:00:00'", "'2001-01-01'", "'2024-05-18 07:08:09.123'", 'NULL'],
      ...["'2024-11-18 20:08:09.123456'", "'2024-05-30T07:08:09'", "'2024-05-18 07:08'", "'2024-05-18 23:08:09.1'"],
    ],
    [
      ...[
        "'2023-02-29 00:00:00'",
        "'0000-00-00 00:00:00'",
        "'0000-05-05 00:00:00'",
        "'2024-05-18 24:08:09'",
        "'2024-05-18 29:08:09.123'",
      ],
      ...["'2024-05-18 07:08:09' || char(0) || 'x'", "'2024-05-18 07:08:09+02:00'", "'1944-03-15 00:00:00 BC'"],
      ...[
        "'-infinity'",
        "'2024-05-18 07:60:09'",
        "'2024-13-18 07:00:09'",
        '1715000000',
        "x'3234'",
        "'2024-05-18 07:08:09 😀'",
      ],
    ],
  ],
  'VARCHAR(20)': [
    [
      ...["'plain'", "''", "'äöü€'", "'two' || char(10) || 'lines'", 'NULL', "'x' || char(127)"],
      ...["printf('%5000s', 'long')", "printf('%9000sä', '')"],
    ],
    [
      ...[
        "'a' || char(0) || 'b'",
        "'😀'",
        "CAST(x'ff41' AS TEXT)",
        "CAST(x'c3' AS TEXT)",
        "CAST(x'a9' AS TEXT)",
        "CAST(x'c3bfbfbf' AS TEXT)",
      ],
      ...['5', '2.5', "x'00ff'", "x'4142'", "printf('%9000s', char(0))", "printf('%9000s😀', '')"],
      ...["printf('%9000s', '') || CAST(x'ff41' AS TEXT)", "printf('%9000s', char(0)) || char(0)"],
    ],
  ],
  JSON: [
    ['\'{"a":1}\'', "'[]'", 'NULL'],
    ["'{'", '1', "x'7b7d'"],
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-ordinary-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the quick look', () => {
  it(`answers as the exact one does, of ${ROUNDS} tables of chance`, () => {
    const random = randomFrom(20_260_722);
    const types = Object.keys(VALUES);
    let answeredByPages = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const db = new Database(':memory:');
      db.pragma(`page_size = ${pick([512, 1024, 4096, 65_536], random)}`);
      const withoutRowid = round % 5 === 4;
      const required = types.map(() => random() < 0.4);
      db.exec(
        `CREATE TABLE t (${types.map((type, i) => `c${i} ${type}${required[i] ? ' NOT NULL' : ''}`).join(', ')}, k INTEGER PRIMARY KEY) ${withoutRowid ? 'WITHOUT ROWID' : ''}`,
      );
      for (const i of types.keys()) {
        const words = pick(['', '', '', 'DESC', 'WHERE k > 5', ', k'], random);
        if (words) db.exec(`CREATE INDEX i${i} ON t (c${i}${words.startsWith('WHERE') ? `) ${words}` : ` ${words})`}`);
      }
      // One column in two holds one other value, so that each of them is often alone to be told.
      const odd = types.map(() => (random() < 0.5 ? Math.floor(random() * ROWS) : null));
      for (let row = 0; row < ROWS; row++) {
        const cells = types.map((type, i) => {
          const [ordinary, others] = VALUES[type]!;
          const value = pick(odd[i] === row ? others! : ordinary!, random);
          return value === 'NULL' && required[i] ? ordinary![0]! : value;
        });
        db.exec(`INSERT INTO t VALUES (${cells.join(', ')}, ${row * 3 - 50})`);
      }
      const request = {
        table: { name: 't', staging: null },
        filter: round % 3 === 2 ? 'k > 0' : null,
        questions: [...types.map((type, i) => [`c${i}`, type] as const), ['k', 'INTEGER'] as const].map(
          ([column, type]) => ({
            column,
            logical: parseType(type),
            ask: QUESTIONS.filter(() => random() < 0.7),
          }),
        ),
      };
      const quick = profileTable(db, request);
      const exact = exactAnswers(db, request);
      const path = join(folder, `${round}.db`);
      writeFileSync(path, db.serialize());
      const file = copyOf(path);
      const byPages = profileTable(db, request, file);
      answeredByPages += Object.values(pageAnswers(db, file, request)).filter((each) => 'nonNull' in each).length;
      file.close();
      for (const { column, ask } of request.questions) {
        for (const question of ask) {
          const where = `round ${round}, ${column}, ${question}`;
          expect(`${where}: ${quick[column]?.[question]}`).toBe(`${where}: ${exact[column]?.[question]}`);
          expect(`${where}, pages: ${byPages[column]?.[question]}`).toBe(
            `${where}, pages: ${exact[column]?.[question]}`,
          );
        }
      }
      db.close();
    }
    expect(answeredByPages).toBeGreaterThan(ROUNDS);
  });
});

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!;
}

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('tells the places of decimals whose ends are whole numbers', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (v DECIMAL(10,2)); INSERT INTO t VALUES (1), (1.25), (2)');
  const places = (values: string) => {
    db.exec(`DELETE FROM t; INSERT INTO t VALUES ${values}`);
    const questions = [{ column: 'v', logical: parseType('DECIMAL(10,2)'), ask: ['maxScale'] as const }];
    const request = { table: { name: 't', staging: null }, filter: null, questions };
    return [profileTable(db, request).v?.maxScale, exactAnswers(db, request).v?.maxScale];
  };
  expect(places('(1), (1.25), (2)')).toEqual(['2', '2']);
  expect(places('(1), (2.5), (3)')).toEqual(['2', '2']);
  expect(places('(1), (2), (300)')).toEqual(['0', '0']);
  expect(places("(1), (2.125), (3), ('x')")).toEqual(['3', '3']);
  db.close();
});

it('sums the integers of a column, whatever else it holds and however large they are', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (v INTEGER)');
  const sum = (values: string) => {
    db.exec(`DELETE FROM t; INSERT INTO t VALUES ${values}`);
    const questions = [{ column: 'v', logical: parseType('INTEGER'), ask: ['sum'] as const }];
    return profileTable(db, { table: { name: 't', staging: null }, filter: null, questions }).v?.sum;
  };
  expect(sum('(1), (2), (NULL)')).toBe('3');
  expect(sum('(NULL)')).toBe(null);
  expect(sum("(1), (1.5), ('x'), (x'31')")).toBe('1');
  expect(sum('(9223372036854775807), (9223372036854775807), (5)')).toBe('18446744073709551619');
  expect(sum("(9223372036854775807), (9223372036854775807), ('x'), (0.5)")).toBe('18446744073709551614');
  db.close();
});

it('says nothing by pages of a key that is asked about as something else', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (k INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)');
  const path = join(folder, 'key.db');
  writeFileSync(path, db.serialize());
  const file = copyOf(path);
  const told = (type: string) => {
    const questions = [{ column: 'k', logical: parseType(type), ask: ['storageText', 'storageInteger'] as const }];
    const request = { table: { name: 't', staging: null }, filter: null, questions };
    expect(profileTable(db, request, file).k).toMatchObject(exactAnswers(db, request).k!);
    return pageAnswers(db, file, request).k;
  };
  expect(told('TEXT')).toEqual({});
  expect(told('INTEGER')).toMatchObject({ storageInteger: '2', min: '1', max: '2' });
  file.close();
  db.close();
});
