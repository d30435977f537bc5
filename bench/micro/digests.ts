// Rows into a digest: hashed as they stand, or in the canonical form of their type.

import { Digester } from '../../src/engine/pipeline/digest.ts';
import type { MicroCase } from './case.ts';
import { batchOf, samples } from './samples.ts';

export const digests: readonly MicroCase[] = samples.map((sample) => ({
  name: `hash ${sample.name}`,
  make() {
    const batch = batchOf([sample]);
    const digester = new Digester([{ name: 'c', logical: sample.logical }]);
    return { values: batch.rows, run: () => digester.add(batch) };
  },
}));
