// Trace: what each step of one column makes of the first rows.

import type { Lane, ReadColumn } from '../../shared/model/plan.ts';
import type { Trace } from '../../shared/model/preview.ts';
import { chainContext } from './chain-context.ts';
import { fieldText } from './field-text.ts';
import type { FirstRows } from './first-rows.ts';
import type { Shaping } from './order.ts';
import { compileChain, type Value } from './transforms/chain.ts';

/** `first` holds the lanes' columns, and `besides` behind them. Throws `map.bad-transform`. */
export function traceOf(
  first: FirstRows,
  lanes: readonly Lane[],
  besides: readonly ReadColumn[],
  position: number,
  shaping: Shaping,
): Trace {
  const columns = [...lanes.map(({ source, sourceLogical }) => ({ name: source, logical: sourceLogical })), ...besides];
  const texts = columns.map(({ logical }) => fieldText(logical));
  const names = columns.map(({ name }) => name);
  const steps = lanes[position]!.shape?.steps ?? [];
  const chain = compileChain(steps, chainContext(shaping));

  return {
    rows: first.rows.map((fields) => {
      const textAt = (i: number): Value => {
        const field = fields[i];
        return field ? texts[i]!(field, 0, field.length) : null;
      };
      const before = textAt(position);
      const { values, refused } = chain.trace(before, { get: (column) => textAt(names.lastIndexOf(column)) });
      return { values: [before, ...values], refused };
    }),
  };
}
