// COPY's text format into batches and back, wherever the bytes are cut.

import { describe, expect, test } from 'vitest';
import { CopyRows } from '../../src/engine/dialects/postgres/reader/copy-rows.ts';
import { FIRST } from '../../src/engine/dialects/postgres/writer/copy-buffer.ts';
import { CopyText, NulCharacter } from '../../src/engine/dialects/postgres/writer/copy-text.ts';
import { rejectedColumn } from '../../src/engine/dialects/postgres/writer.ts';
import { BatchWriter, fieldLength, NULL_LENGTH } from '../../src/engine/pipeline/batch.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };
const FLOAT: LogicalType = { kind: 'float', bits: 64 };
const SINGLE: LogicalType = { kind: 'float', bits: 32 };
const INSTANT: LogicalType = { kind: 'timestamp', precision: 6, zone: true };
const LONG = 'ä long text without end '.repeat(100);
const HEX = '00ff5c0a09'.repeat(50);

/** COPY's text, the columns, and the fields that it means: text, a number for a float, null. */
const SAMPLES: [string, LogicalType[], (string | number | null)[]][] = [
  ['1\tabc\n', [TEXT, TEXT], ['1', 'abc']],
  ['\\N\t\\\\N\t\n', [TEXT, TEXT, TEXT], [null, '\\N', '']],
  ['a\\tb\\nc\\\\d\\r😀\n', [TEXT], ['a\tb\nc\\d\r😀']],
  [`${LONG}\t${LONG}\\n${LONG}\\\\\n`, [TEXT, TEXT], [LONG, `${LONG}\n${LONG}\\`]],
  ['t\tf\n', [{ kind: 'boolean' }, { kind: 'boolean' }], ['1', '0']],
  ['\\\\x\t\\\\x00ff41\n', [BYTES, BYTES], ['', '\x00ÿA']],
  [`\\\\x${HEX}\n`, [BYTES], [Buffer.from(HEX, 'hex').toString('latin1')]],
  ['0.1\t-0\tNaN\t-Infinity\t5e-324\n', [FLOAT, FLOAT, FLOAT, FLOAT, FLOAT], [0.1, -0, Number.NaN, -Infinity, 5e-324]],
];

/** What only the reader sees: the writer never has to write it. */
const READ_ONLY: typeof SAMPLES = [
  ['1.1\n', [SINGLE], [Math.fround(1.1)]],
  ['a\\bb\\fc\\v\n', [TEXT], ['a\bb\fc\v']],
  [
    '2020-01-01 00:00:00.5+00\t0044-03-15 12:00:00+00 BC\tinfinity\n',
    [INSTANT, INSTANT, INSTANT],
    ['2020-01-01 00:00:00.5', '0044-03-15 12:00:00 BC', 'infinity'],
  ],
];

describe('CopyRows', () => {
  test.each([...SAMPLES, ...READ_ONLY])('reads %j', (text, columns, fields) => {
    const batch = new BatchWriter();
    const rows = new CopyRows(columns, batch);
    const bytes = Buffer.from(text);
    rows.take(bytes, 0, bytes.length);
    expect(fieldsOf(batch, columns)).toEqual([fields]);
  });

  test('reads the same wherever the bytes are cut', () => {
    const columns = [TEXT, BYTES, FLOAT];
    const bytes = Buffer.from('a\\\\b\t\\\\x0a\t1.5\nü\\n\t\\N\t-2\n');
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second++) {
        const batch = new BatchWriter();
        const rows = new CopyRows(columns, batch);
        for (const [start, end] of [
          [0, first],
          [first, second],
          [second, bytes.length],
        ] as const) {
          if (end > start) rows.take(bytes, start, end);
        }
        expect(rows.complete).toBe(true);
        expect(fieldsOf(batch, columns)).toEqual([
          ['a\\b', '\n', 1.5],
          ['ü\n', null, -2],
        ]);
      }
    }
  });

  test('says when the last row is not whole', () => {
    const rows = new CopyRows([TEXT], new BatchWriter());
    rows.take(Buffer.from('a\nb'), 0, 3);
    expect(rows.complete).toBe(false);
  });

  test('takes rows longer than a batch', () => {
    const batch = new BatchWriter();
    const bytes = Buffer.from(`${'x'.repeat(2_000_000)}\n`);
    new CopyRows([TEXT], batch).take(bytes, 0, bytes.length);
    expect(fieldLength(batch.bytes, 0)).toBe(2_000_000);
  });
});

describe('CopyText', () => {
  test.each(SAMPLES)('writes %j back', (text, columns) => {
    const batch = new BatchWriter();
    const bytes = Buffer.from(text);
    new CopyRows(columns, batch).take(bytes, 0, bytes.length);
    const out = new CopyText(columns, 5, Buffer.alloc(8));
    expect(out.rows(batch, FIRST, Infinity)).toEqual({ row: 1, at: batch.length });
    expect(out.bytes.toString('utf8', 5, out.length)).toBe(text);
  });

  test.each(['\0', `${LONG}\0`, `${LONG}${LONG}\0${LONG}`])('refuses U+0000 and says in which column', (text) => {
    const batch = new BatchWriter();
    batch.text('1');
    batch.text(text);
    batch.rows = 1;
    const out = new CopyText([{ kind: 'integer', bits: 32, unsigned: false }, TEXT], 5, Buffer.alloc(1024));
    const refused = (): unknown => out.rows(batch, FIRST, Infinity);
    expect(refused).toThrow(NulCharacter);
    expect(refused).toThrow(expect.objectContaining({ column: 1 }));
  });
});

describe('rejectedColumn', () => {
  test.each([
    ['COPY orders, line 3, column total: "abc"', 'total'],
    ['COPY orders, line 3, column total: x: "abc"', 'total: x'],
    ['COPY orders, line 3: "1\t2"', null],
    ['COPY other, line 3, column total: "abc"', null],
    [undefined, null],
  ])('%s', (where, column) => {
    const error = where === undefined ? {} : { where };
    expect(rejectedColumn(error, 'orders', ['id', 'total', 'total: x'])).toBe(column);
  });

  test('believes the server where it names the column itself', () => {
    expect(rejectedColumn({ column: 'id' }, 'orders', [])).toBe('id');
  });
});

function fieldsOf(batch: BatchWriter, columns: readonly LogicalType[]): (string | number | null)[][] {
  const rows: (string | number | null)[][] = [];
  let at = 0;
  for (let row = 0; row < batch.rows; row++) {
    rows.push(
      columns.map(({ kind }) => {
        const length = fieldLength(batch.bytes, at);
        at += 4;
        if (length === NULL_LENGTH) return null;
        const start = at;
        at += length;
        if (kind === 'float') return batch.bytes.readDoubleBE(start);
        return batch.bytes.toString(kind === 'binary' ? 'latin1' : 'utf8', start, at);
      }),
    );
  }
  expect(at).toBe(batch.length);
  return rows;
}
