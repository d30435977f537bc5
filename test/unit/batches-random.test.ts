// Batches of random rows through the shaper and the converter, against one value at a time: not a byte may differ.

import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from '../../src/engine/pipeline/batch.ts';
import { compileConverter, type Limits } from '../../src/engine/pipeline/convert.ts';
import type { Guard } from '../../src/engine/pipeline/fits.ts';
import type { Refusal } from '../../src/engine/pipeline/refusal.ts';
import { compileShaper } from '../../src/engine/pipeline/shape.ts';
import { Refused, typeAfter, type Value } from '../../src/engine/pipeline/transforms/chain.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Lane } from '../../src/shared/model/plan.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { chainOf, rowOf } from './transforms-apply.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const TIMESTAMP: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
const DATE: LogicalType = { kind: 'date' };

/** UTF-8 or not, long or short, clean or dirty. */
const VALUES: readonly Buffer[] = [
  ...['', ' ', 'a', 'A', 'unknown', 'Ann Lee', '  ann  LEE ', "o'neill-smith", '\0x', 'e\u0301', 'Åkesson', 'Straße'],
  ...['😀 b', 'Σίσυφος', '中 文', '\u3000x\u3000', 'x'.repeat(70), ` ${'Y'.repeat(5_000)} `, 'é'.repeat(2_100)],
  ...['ann@example.org', 'Ann@Example.ORG', 'no@dot', '@', '2125550123', '+1 (212) 555-0123', '12', '1212555012399'],
  ...['2024-02-29', '2023-02-29', '2024-02-29 23:59:59', '2024-1-9', '20240229', '29/02/2024', '0000-00-00'],
  ...['2024-02-29 23:59:60', '2024-02-29T10:00', '2024-02-29 10:00:00.50', '9999-12-31', 'infinity'],
].map((text) => Buffer.from(text));
const BROKEN = ['ff', 'c0af', '61c3', 'eda080', 'e28261'].map((hex) => Buffer.from(hex, 'hex'));

const CHAINS: readonly (readonly Transform[])[] = [
  [],
  [{ do: 'trim' }],
  [{ do: 'collapse spaces' }, { do: 'title' }],
  [{ do: 'email' }],
  [{ do: 'email', onFailure: 'keep' }],
  [{ do: 'phone', country: 'US', format: 'us', onFailure: 'null' }],
  [
    { do: 'null if', values: ['', 'unknown'] },
    { do: 'date', formats: ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%d/%m/%Y', '%Y%m%d'], onFailure: 'null' },
  ],
  [{ do: 'default', value: 'none' }],
  [{ do: 'slug' }],
  [{ do: 'boolean', true: ['a', '12'] }],
];

test('what a shaper writes, counts and refuses', () => {
  const random = seeded(20_261_122);
  for (let round = 0; round < 150; round++) {
    const chains = Array.from({ length: random.whole(2, 7) }, () => random.pick(CHAINS));
    const lanes = chains.map((steps, i) => laneOf(`c${i}`, steps));
    const refusals: Refusal[] = [];
    const nothing = { secrets: {}, now: '2026-01-01T00:00:00Z', lookups: '' };
    const shaper = compileShaper(
      't',
      lanes,
      [],
      nothing,
      new BatchWriter(64),
      (refusal) => void refusals.push(refusal),
    );
    if (!shaper) continue;
    const rows = randomRows(random, lanes.length);
    const shaped = shaper.shape(batchOf(rows));
    const wished = shapedOneByOne(rows, chains);
    expect(bytesOf(shaped)).toEqual(bytesOf(batchOf(wished.rows)));
    expect(shaper.places.subarray(0, shaped.rows)).toEqual(Int32Array.from(wished.places));
    expect(refusals.map(({ row }) => row)).toEqual(wished.refused);
    const changes = shaper.changes
      .filter(({ what }) => what.includes('by its steps'))
      .map(({ what, rows: count }) => [what, count]);
    expect(changes).toEqual(wished.changes);
  }
});

test('what a converter writes, keeps and refuses', () => {
  const random = seeded(20_261_123);
  const targets = [TEXT, TIMESTAMP, DATE, TIMESTAMP];
  for (let round = 0; round < 300; round++) {
    const lanes = Array.from({ length: random.whole(1, 5) }, (_, i): Lane => {
      const target = random.pick(targets);
      // Of one kind on both sides it is copied behind a look at its year.
      const source = target.kind !== 'text' && random.percent(30) ? target : TEXT;
      return {
        ...laneOf(`c${i}`, []),
        sourceLogical: source,
        targetLogical: target,
        unrepresentable: random.pick(['refuse', 'null']),
      };
    });
    const guards = lanes.map(() => ({ notNull: random.percent(20), misfit: random.percent(30) ? tooLong : null }));
    const rows = randomRows(random, lanes.length);
    const refusals: Refusal[] = [];
    const aside = { refuse: (refusal: Refusal) => void refusals.push(refusal), guards };
    const converter = compileConverter('t', lanes, LIMITS, new BatchWriter(64), aside);
    if (!converter) continue;
    const converted = converter.convert(batchOf(rows));
    const wished = convertedOneByOne(rows, lanes, guards);
    expect(bytesOf(converted)).toEqual(bytesOf(batchOf(wished.rows)));
    expect(converter.places.subarray(0, converted.rows)).toEqual(Int32Array.from(wished.places));
    expect(refusals.map(({ row }) => row)).toEqual(wished.refused);
  }
});

type Field = Buffer | null;

interface Wished {
  readonly rows: Field[][];
  readonly places: number[];
  readonly refused: number[];
}

const LIMITS: Limits = {
  source: { zeroDates: true, infiniteDates: true, years: { min: 0, max: 9999 }, notFinite: true, infiniteFloats: true },
  target: {
    zeroDates: false,
    infiniteDates: false,
    years: { min: 1, max: 9998 },
    notFinite: true,
    infiniteFloats: true,
  },
};

function laneOf(source: string, steps: readonly Transform[]): Lane {
  return {
    source,
    sourceNative: 'any',
    sourceLogical: TEXT,
    ...(steps.length > 0 ? { shape: { steps: [...steps], gives: typeAfter(steps, TEXT) } } : {}),
    target: source,
    targetLogical: TEXT,
    unrepresentable: 'refuse',
  };
}

function randomRows(random: Random, columns: number): Field[][] {
  const field = () => (random.percent(8) ? null : random.pick(random.percent(5) ? BROKEN : VALUES));
  return Array.from({ length: random.whole(0, 12) }, () => Array.from({ length: columns }, field));
}

function batchOf(rows: readonly (readonly Field[])[]): RowBatch {
  const out = new BatchWriter(64);
  for (const field of rows.flat()) {
    if (field === null) out.null();
    else out.field(field, 0, field.length);
  }
  out.rows = rows.length;
  return out.batch;
}

function bytesOf({ bytes, length, rows }: RowBatch): { rows: number; hex: string } {
  return { rows, hex: bytes.toString('hex', 0, length) };
}

function shapedOneByOne(
  rows: readonly Field[][],
  chains: readonly (readonly Transform[])[],
): Wished & { changes: [string, number][] } {
  const compiled = chains.map((steps) => chainOf(...steps));
  const changed = chains.map(() => 0);
  const emptied = chains.map(() => 0);
  const wished: Wished = { rows: [], places: [], refused: [] };
  for (const [place, row] of rows.entries()) {
    try {
      const after = row.map((field, i): { field: Field; isChanged: boolean } => {
        const steps = chains[i]!;
        if (steps.length === 0) return { field, isChanged: false };
        const before = field === null ? null : field.toString('utf8');
        const value: Value = compiled[i]!.apply(before, rowOf({}));
        const written = value !== null && steps[0]!.do === 'boolean' ? (value === 'true' ? '1' : '0') : value;
        return { field: written === null ? null : Buffer.from(written), isChanged: value !== before };
      });
      for (const [i, { field, isChanged }] of after.entries()) {
        if (isChanged) changed[i]!++;
        if (isChanged && field === null) emptied[i]!++;
      }
      wished.rows.push(after.map(({ field }) => field));
      wished.places.push(place);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      wished.refused.push(place);
    }
  }
  const changes = changed.flatMap((count, i): [string, number][] => {
    const names = [...new Set(chains[i]!.map((step) => step.do))].join(', ');
    const made: [string, number][] = [
      [`changed by its steps (${names}) in c${i}`, count],
      [`made NULL by its steps in c${i}`, emptied[i]!],
    ];
    return made.filter(([, values]) => values > 0);
  });
  return { ...wished, changes };
}

/** Each field in a batch of its own. */
function convertedOneByOne(rows: readonly Field[][], lanes: readonly Lane[], guards: readonly Guard[]): Wished {
  const wished: Wished = { rows: [], places: [], refused: [] };
  for (const [place, row] of rows.entries()) {
    const fields = row.map((field, i) => guarded(convertedAlone(field, lanes[i]!), guards[i]!));
    if (fields.includes(undefined)) wished.refused.push(place);
    else {
      wished.rows.push(fields as Field[]);
      wished.places.push(place);
    }
  }
  return wished;
}

const tooLong = (_bytes: Buffer, start: number, end: number) => (end - start > 19 ? 'is too long' : null);

function guarded(field: Field | undefined, { notNull, misfit }: Guard): Field | undefined {
  if (field === null) return notNull ? undefined : null;
  return field && misfit?.(field, 0, field.length) ? undefined : field;
}

/** undefined: refused. */
function convertedAlone(field: Field, lane: Lane): Field | undefined {
  const aside = { refuse: () => undefined, guards: [] };
  const converter = compileConverter('t', [lane], LIMITS, new BatchWriter(64), aside);
  const batch = batchOf([[field]]);
  const { bytes, rows } = converter ? converter.convert(batch) : batch;
  if (rows === 0) return undefined;
  const length = fieldLength(bytes, 0);
  return length === NULL_LENGTH ? null : Buffer.from(bytes.subarray(4, 4 + length));
}
