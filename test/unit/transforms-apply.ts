// Runs a chain on one value, as its tests do.

import { type Chain, compileChain, type Trace, type Value } from '../../src/engine/pipeline/transforms/chain.ts';
import type { Transform } from '../../src/shared/model/transform.ts';

export type Columns = Readonly<Record<string, Value>>;

export function rowOf(columns: Columns): { get(column: string): Value } {
  return { get: (column) => columns[column] ?? null };
}

export function chainOf(...steps: readonly Transform[]): Chain {
  const known = new Map([['7', '107']]);
  return compileChain(steps, {
    secret: (name) => (name === 'unknown' ? null : 'pepper'),
    now: new Date(0),
    lookup: () => (value) => known.get(value),
  });
}

/** What comes out; or the reason, when the value is refused. */
export function apply(steps: Transform | readonly Transform[], value: Value, columns: Columns = {}): Value | Refusal {
  const { values, refused } = traceOf(steps, value, columns);
  return refused === null ? values.at(-1)! : { refused: refused.reason };
}

interface Refusal {
  readonly refused: string;
}

function traceOf(steps: Transform | readonly Transform[], value: Value, columns: Columns): Trace {
  const list: readonly Transform[] = Array.isArray(steps) ? steps : [steps as Transform];
  return chainOf(...list).trace(value, rowOf(columns));
}
