// Random values of every type as a row batch holds them, for comparing WebAssembly with the plain way.

import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import type { Random } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

type Make = (random: Random) => Buffer | string | number;

/** One type of each kind, and what its fields may hold. */
export const KINDS: readonly (readonly [LogicalType, Make])[] = [
  [{ kind: 'boolean' }, (random) => String(random.whole(0, 1))],
  [{ kind: 'integer', bits: 64, unsigned: false }, integer],
  [{ kind: 'decimal', precision: 38, scale: 6 }, decimal],
  [{ kind: 'float', bits: 64 }, float],
  [{ kind: 'float', bits: 32 }, (random) => Math.fround(float(random))],
  [{ kind: 'text', length: null, fixed: false }, text],
  [{ kind: 'text', length: 20, fixed: true }, (random) => `${text(random)}${' '.repeat(random.whole(0, 20))}`],
  [{ kind: 'enum', labels: ['a', 'b'] } as LogicalType, text],
  [{ kind: 'binary', length: null, fixed: false } as LogicalType, binary],
  [{ kind: 'date' }, (random) => random.pick(['2024-02-29', '0044-03-15 BC', 'infinity', '-infinity', '0000-00-00'])],
  [
    { kind: 'time', precision: 6, extended: true, zone: false },
    (random) => `${random.pick(['', '-'])}${clock(random)}`,
  ],
  [
    { kind: 'time', precision: 6, extended: true, zone: true },
    (random) => `${clock(random)}${random.pick(['+00', '-05:30', '+01:00'])}`,
  ],
  [{ kind: 'timestamp', precision: 6, zone: false }, timestamp],
  [{ kind: 'timestamp', precision: 6, zone: true }, timestamp],
  [{ kind: 'interval' }, (random) => random.pick(['P1Y2M', 'PT-100H-30M', 'PT0S', 'P1DT0.50S'])],
  [{ kind: 'uuid' }, () => '01234567-89ab-cdef-0123-456789abcdef'],
  [{ kind: 'json' }, (random) => random.pick(['{"b":1,"a":[1.0]}', '"x\\ty"', '[ ]', 'null', '1e3'])],
  [{ kind: 'bit', length: 9, varying: false }, (random) => random.pick(['000000000', '101010101'])],
  [{ kind: 'opaque', native: 'inet' }, text],
];

export interface Column {
  readonly logical: LogicalType;
  readonly make: Make;
}

export function randomColumns(
  random: Random,
  most: number,
  kinds: readonly (typeof KINDS)[number][] = KINDS,
): Column[] {
  return Array.from({ length: random.whole(1, most) }, () => {
    const [logical, make] = random.pick(kinds);
    return { logical, make };
  });
}

/** Rows of these columns, an eighth of their fields NULL. */
export function randomBatch(random: Random, columns: readonly Column[], rows: number): BatchWriter {
  const batch = new BatchWriter();
  for (let row = 0; row < rows; row++) {
    for (const { make } of columns) {
      const value = random.percent(12) ? null : make(random);
      if (value === null) batch.null();
      else if (typeof value === 'number') batch.double(value);
      else {
        const bytes = Buffer.from(value as string);
        batch.field(bytes, 0, bytes.length);
      }
    }
    batch.rows++;
  }
  return batch;
}

function integer(random: Random): string {
  return random.pick([
    '0',
    '-1',
    '7',
    '100',
    '9223372036854775807',
    '-9223372036854775808',
    String(random.whole(0, 1e9)),
  ]);
}

function decimal(random: Random): string {
  const digits = String(random.whole(0, 1000)).repeat(random.whole(1, 12));
  const fraction = random.pick(['', '.0', '.00', '.50', '.000001', '.100000', `.${'0'.repeat(30)}`]);
  return random.pick([
    `${digits}${fraction}`,
    `-${digits}${fraction}`,
    '-0.00',
    '-0',
    '0',
    '0'.repeat(46),
    'NaN',
    '-Infinity',
  ]);
}

function float(random: Random): number {
  const odd = [0, -0, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 1e21, 123456789.125, 0.1];
  return random.percent(50) ? random.pick(odd) : (random.next() - 0.5) * 10 ** random.whole(-20, 20);
}

function text(random: Random): string {
  const piece = random.pick([
    '',
    'a',
    'Åse',
    '\t',
    '\n',
    '\r',
    '\\',
    '\\N',
    '\\.',
    '\u0001',
    '\b\f\v',
    '😀',
    '中文',
    '0.00',
    ' ',
    '%',
    '"',
  ]);
  const long = random.percent(4) ? random.whole(100, 3000) : random.whole(0, 9);
  return `${'x'.repeat(random.percent(30) ? long : 0)}${piece.repeat(random.whole(0, 6))}${'y'.repeat(long)}`;
}

function binary(random: Random): Buffer {
  const size = random.percent(4) ? random.whole(60, 2000) : random.whole(0, 20);
  return Buffer.from(Array.from({ length: size }, () => random.whole(0, 255)));
}

function clock(random: Random): string {
  return `${random.pick(['00', '23', '838'])}:00:${random.pick(['00', '59'])}${random.pick(['', '.0', '.500', '.000000', '.123456', '.100100'])}`;
}

function timestamp(random: Random): string {
  const moment = `${random.pick(['2024-02-29', '0001-01-01', '12024-10-10'])} ${clock(random)}`;
  return random.pick([moment, moment, moment, `${moment} BC`, 'infinity', '-infinity', '0000-00-00 00:00:00']);
}
