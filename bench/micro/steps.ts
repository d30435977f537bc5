// Each family of transforms over the values it is meant for, and conversions from text: by the pipeline, as a run has them.

import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { compileConverter } from '../../src/engine/pipeline/convert.ts';
import { compileShaper } from '../../src/engine/pipeline/shape.ts';
import { typeAfter } from '../../src/engine/pipeline/transforms/types.ts';
import type { Random } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Lane } from '../../src/shared/model/plan.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import type { MicroCase } from './case.ts';
import { batchOf, personName, timestamp, two } from './samples.ts';

type Value = (random: Random) => string;

const dirtyName: Value = (random) =>
  random.percent(30) ? `  ${personName(random).toUpperCase()}  ` : personName(random);
const address: Value = (random) => `ann.lee${random.whole(1, 99_999)}@${random.pick(['Example.org', 'example.net'])}`;
const number: Value = (random) =>
  `(${random.whole(200, 999)}) 555-${two(random.whole(0, 99))}${two(random.whole(0, 99))}`;
const price: Value = (random) => `$${random.whole(1, 9)},${random.whole(100, 999)}.${two(random.whole(0, 99))}`;
const date: Value = (random) =>
  random.percent(70)
    ? timestamp(random)
    : `${two(random.whole(1, 28))}/${two(random.whole(1, 12))}/${random.whole(1970, 2030)}`;
const pairs: Value = (random) => `color=red;size=${random.whole(1, 60)};weight=${random.whole(1, 9)}kg`;
const hex: Value = (random) =>
  random
    .whole(1, 2 ** 31)
    .toString(16)
    .padStart(32, 'a0');

const FAMILIES: readonly (readonly [string, Value, readonly Transform[]])[] = [
  ['blanks and case', dirtyName, [{ do: 'collapse spaces' }, { do: 'lower' }]],
  ['words', dirtyName, [{ do: 'title' }]],
  ['slugs', dirtyName, [{ do: 'slug' }]],
  ['classes of characters', dirtyName, [{ do: 'strip', pattern: '[^\\p{L}\\p{Nd} .-]' }]],
  ['patterns', dirtyName, [{ do: 'replace pattern', pattern: '(\\w+) van', with: '$1' }]],
  [
    'lists of values',
    (random) => random.pick(['1', 'A', 'S', '?']),
    [{ do: 'map values', values: { 1: 'active', A: 'active', S: 'gone' } }],
  ],
  [
    'truth values',
    (random) => random.pick(['Yes', 'no ', '1']),
    [{ do: 'boolean', true: ['yes', '1'], false: ['no'] }],
  ],
  ['templates', personName, [{ do: 'template', template: 'Dear {}, welcome' }]],
  ['e-mail addresses', address, [{ do: 'email' }]],
  ['telephone numbers by their digits', number, [{ do: 'phone', country: 'US', format: 'us' }]],
  [
    'telephone numbers by their country',
    number,
    [{ do: 'phone', country: 'US', format: 'international', onFailure: 'keep' }],
  ],
  [
    'numbers',
    price,
    [
      { do: 'number', group: ',', strip: '$' },
      { do: 'round', digits: 1 },
    ],
  ],
  ['dates', date, [{ do: 'date', formats: ['%Y-%m-%d %H:%M:%S', '%d/%m/%Y'] }]],
  ['time zones', timestamp, [{ do: 'time zone', from: 'Europe/Berlin', to: 'UTC' }]],
  ['JSON of pairs', pairs, [{ do: 'pairs' }]],
  ['parts of JSON', (random) => `{"a": {"b": [${random.whole(1, 99)}, 2.50]}}`, [{ do: 'pick', path: 'a.b[1]' }]],
  ['bytes', hex, [{ do: 'uuid from hex' }]],
  ['hashes', address, [{ do: 'hash', salt: 'pepper' }]],
  ['masks', address, [{ do: 'mask', kind: 'email', salt: 'pepper' }]],
];

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const CONVERSIONS: readonly (readonly [string, Value, LogicalType])[] = [
  ['integers', (random) => String(random.whole(-9_999, 9_999_999)), { kind: 'integer', bits: 64, unsigned: false }],
  ['decimals', (random) => `${random.whole(0, 9_999)}.50`, { kind: 'decimal', precision: 12, scale: 2 }],
  [
    'timestamps',
    (random) => (random.percent(70) ? timestamp(random) : timestamp(random).slice(0, 10)),
    { kind: 'timestamp', precision: 0, zone: false },
  ],
];

export const steps: readonly MicroCase[] = [
  ...FAMILIES.map(([name, value, chain]) => ({ name: `step: ${name}`, make: () => shaping(value, chain) })),
  ...CONVERSIONS.map(([name, value, to]) => ({ name: `convert text to ${name}`, make: () => converting(value, to) })),
];

function shaping(value: Value, chain: readonly Transform[]) {
  const batch = batchOf([{ value }]);
  const lane = { ...laneTo(TEXT), shape: { steps: [...chain], gives: typeAfter(chain, TEXT) } };
  const shaping = { secrets: { pepper: 'black' }, now: '2026-01-01T00:00:00Z', lookups: '' };
  const shaper = compileShaper('t', [lane], [], shaping, new BatchWriter())!;
  return { values: batch.rows, run: () => void shaper.shape(batch) };
}

function converting(value: Value, to: LogicalType) {
  const batch = batchOf([{ value }]);
  const years = { min: 1, max: 9999 };
  const side = { zeroDates: false, infiniteDates: false, years, notFinite: false, infiniteFloats: false };
  const converter = compileConverter('t', [laneTo(to)], { source: side, target: side }, new BatchWriter())!;
  return { values: batch.rows, run: () => void converter.convert(batch) };
}

function laneTo(targetLogical: LogicalType): Lane {
  return {
    source: 'c',
    sourceNative: 'text',
    sourceLogical: TEXT,
    target: 'c',
    targetLogical,
    unrepresentable: 'refuse',
  };
}
