// Values of each kind that the cases work on, and batches of them.

import { BatchWriter, type RowBatch } from '../../src/engine/pipeline/batch.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import { ROWS } from './case.ts';

export interface Sample {
  readonly name: string;
  readonly logical: LogicalType;
  /** The type's number. */
  readonly postgres: number;
  readonly mysql: string;
  readonly sqlite: string;
  /** A field's text; a number for a float. */
  readonly value: (random: Random) => string | number;
}

const NAMES = ['Ann', 'Björn', "O'Neill", 'María', 'van den Berg', 'Zoë', 'Johnson', 'Åkesson', 'Lee', 'Kowalski'];

export function personName(random: Random): string {
  return `${random.pick(NAMES)} ${random.pick(NAMES)}`;
}

export function timestamp(random: Random): string {
  return `${random.whole(1970, 2030)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))} ${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`;
}

export function two(number: number): string {
  return String(number).padStart(2, '0');
}

export const samples: readonly Sample[] = [
  {
    name: 'integers',
    logical: { kind: 'integer', bits: 64, unsigned: false },
    postgres: 20,
    mysql: 'bigint',
    sqlite: 'INTEGER',
    value: (random) => String(random.whole(-1_000_000, 1_000_000_000)),
  },
  {
    name: 'decimals',
    logical: { kind: 'decimal', precision: 12, scale: 2 },
    postgres: 1700,
    mysql: 'decimal(12,2)',
    sqlite: 'DECIMAL(12,2)',
    value: (random) => `${random.whole(0, 99_999)}.${two(random.whole(0, 99))}`,
  },
  {
    name: 'floats',
    logical: { kind: 'float', bits: 64 },
    postgres: 701,
    mysql: 'double',
    sqlite: 'DOUBLE',
    value: (random) => random.whole(1, 1_000_000_000) / 4096 + 0.1,
  },
  {
    name: 'texts',
    logical: { kind: 'text', length: null, fixed: false },
    postgres: 25,
    mysql: 'varchar(120)',
    sqlite: 'VARCHAR(120)',
    value: personName,
  },
  {
    name: 'timestamps',
    logical: { kind: 'timestamp', precision: 0, zone: false },
    postgres: 1114,
    mysql: 'datetime',
    sqlite: 'DATETIME',
    value: timestamp,
  },
  {
    name: 'JSON',
    logical: { kind: 'json' },
    postgres: 114,
    mysql: 'json',
    sqlite: 'JSON',
    value: (random) => `{"name": "${random.pick(NAMES)}", "n": ${random.whole(0, 999)}, "of": [1, 2.50, null]}`,
  },
];

/** Columns of the same kind beside each other. */
export function batchOf(columns: readonly Pick<Sample, 'value'>[], rows = ROWS): RowBatch {
  const random = seeded(20_261_122);
  const out = new BatchWriter(1024 * 1024);
  for (let row = 0; row < rows; row++) {
    for (const { value } of columns) {
      const field = value(random);
      if (typeof field === 'number') out.double(field);
      else out.text(field);
    }
    out.rows++;
  }
  return out.batch;
}
