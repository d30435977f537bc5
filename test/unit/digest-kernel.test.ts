// The digest by WebAssembly against the plain one: the same for random rows of every type, whatever lies in them.

import { expect, test } from 'vitest';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { Digester } from '../../src/engine/pipeline/digest.ts';
import { DigestKernel } from '../../src/engine/pipeline/digest-kernel.ts';
import { seeded } from '../../src/host/sample/random.ts';
import { KINDS, randomBatch, randomColumns } from './kernel-values.ts';

const byKernel = KINDS.filter(([logical]) => DigestKernel.of([logical]));

test('all but JSON and intervals go by WebAssembly', () => {
  const others = KINDS.filter((kind) => !byKernel.includes(kind)).map(([logical]) => logical.kind);
  expect(others).toEqual(['interval', 'json']);
});

test('random rows come to the same', () => {
  const random = seeded(20_261_124);
  for (let round = 0; round < 400; round++) {
    const columns = randomColumns(random, 9, round % 4 === 0 ? KINDS : byKernel);
    const named = columns.map(({ logical }, i) => ({ name: `c${i}`, logical }));
    const quick = new Digester(named);
    const plain = new Digester(named, true);
    for (let batches = random.whole(1, 3); batches > 0; batches--) {
      const batch = randomBatch(random, columns, random.whole(0, 60));
      quick.add(batch);
      plain.add(batch);
    }
    expect(quick.digest, JSON.stringify(named)).toEqual(plain.digest);
    expect(quick.normalisations).toEqual(plain.normalisations);
  }
});

test('a batch of one row longer than the memory, and one that fills it', () => {
  const { BATCH_CAPACITY } = DigestKernel.limits();
  for (const size of [BATCH_CAPACITY - 24, BATCH_CAPACITY - 23, 3 * BATCH_CAPACITY]) {
    const batch = new BatchWriter();
    batch.text('1.50');
    batch.text(`${'x'.repeat(size - 12)}`);
    batch.text('2.0');
    batch.rows++;
    const columns = (['decimal', 'text', 'decimal'] as const).map((kind, i) => ({
      name: `c${i}`,
      logical:
        kind === 'text'
          ? ({ kind, length: null, fixed: false } as const)
          : ({ kind, precision: 10, scale: 2 } as const),
    }));
    const quick = new Digester(columns);
    const plain = new Digester(columns, true);
    quick.add(batch);
    plain.add(batch);
    expect(quick.digest).toEqual(plain.digest);
  }
});

test('more columns than it keeps forms for', () => {
  const { MOST_COLUMNS } = DigestKernel.limits();
  const columns = Array.from({ length: MOST_COLUMNS + 1 }, (_, i) => ({ name: `c${i}`, logical: KINDS[2]![0] }));
  expect(DigestKernel.of(columns.map(({ logical }) => logical))).toBeNull();
  const most = columns.slice(1);
  const batch = randomBatch(
    seeded(7),
    most.map(({ logical }) => ({ logical, make: KINDS[2]![1] })),
    3,
  );
  const quick = new Digester(most);
  const plain = new Digester(most, true);
  quick.add(batch);
  plain.add(batch);
  expect(quick.digest).toEqual(plain.digest);
});
