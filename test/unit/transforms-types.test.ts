// The logical type of what a chain gives.

import { describe, expect, test } from 'vitest';
import { typeAfter } from '../../src/engine/pipeline/transforms/chain.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Transform } from '../../src/shared/model/transform.ts';

describe('the type of what comes out', () => {
  const text: LogicalType = { kind: 'text', length: null, fixed: false };
  const tiny: LogicalType = { kind: 'integer', bits: 8, unsigned: true };
  const decimal: LogicalType = { kind: 'decimal', precision: null, scale: null };
  const timestamp: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
  const day = '%Y-%m-%d';

  test.each<[readonly Transform[], LogicalType, LogicalType]>([
    [[], tiny, tiny],
    [[{ do: 'trim' }], tiny, text],
    [[{ do: 'null if', values: ['0'] }], tiny, tiny],
    [[{ do: 'default', value: '255' }], tiny, tiny],
    [[{ do: 'default', value: '256' }], tiny, text],
    [[{ do: 'default', value: 'none' }], decimal, text],
    [[{ do: 'default', value: '1.5' }], { kind: 'decimal', precision: 2, scale: 0 }, decimal],
    [[{ do: 'default', value: '2024-01-01' }], { kind: 'date' }, { kind: 'date' }],
    [[{ do: 'default', value: '2024-01-01' }], timestamp, text],
    [
      [
        { do: 'boolean', true: ['1'] },
        { do: 'default', value: 'true' },
      ],
      text,
      { kind: 'boolean' },
    ],
    [[{ do: 'boolean', true: ['1'], onFailure: 'keep' }], text, text],
    [[{ do: 'boolean', true: ['1'], onFailure: 'null' }, { do: 'lower' }], text, text],
    [
      [
        { do: 'scale', by: 2 },
        { do: 'round', digits: 0 },
      ],
      tiny,
      decimal,
    ],
    [[{ do: 'cast', to: 'integer' }], text, { kind: 'integer', bits: 64, unsigned: false }],
    [[{ do: 'cast', to: 'uuid' }], text, { kind: 'uuid' }],
    [[{ do: 'date', formats: [day] }], text, { kind: 'date' }],
    [[{ do: 'date', formats: [`${day} %H`, 'unix'] }], text, timestamp],
    [[{ do: 'date', formats: [day, `${day} %H`] }], text, text],
    [[{ do: 'date', formats: [`${day} %%H`] }], text, { kind: 'date' }],
    [[{ do: 'time zone', from: 'UTC', to: 'UTC' }], { kind: 'date' }, timestamp],
    [[{ do: 'pairs', onFailure: 'empty' }], text, { kind: 'json' }],
    [[{ do: 'sum', fields: ['a'] }], { kind: 'json' }, decimal],
    [[{ do: 'pick', path: 'a' }], { kind: 'json' }, text],
    [[{ do: 'uuid from hex' }], { kind: 'binary', length: 16, fixed: true }, { kind: 'uuid' }],
  ])('%j of %j is %j', (steps, input, expected) => {
    expect(typeAfter(steps, input)).toEqual(expected);
  });
});
