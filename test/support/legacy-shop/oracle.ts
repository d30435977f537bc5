// What must become of the legacy shop: its rules once more, in plain code that shares nothing with the engine.
// A migration of the sample is right when it gives these rows and keeps those aside.
//
// Where the rules leave room:
//   - A text of blanks alone is missing, like NULL, unless a file of this folder says otherwise.
//   - A row may be at fault in several fields; which of them a migration names is its own choice.
//   - Rows that a filter leaves out are neither expected nor in quarantine.
//   - A customer that was filtered out or is in quarantine does not arrive: its orders miss it, like orphans.
//   - Nothing is said of two rows with the same email or sku; the sample has none.

import { type CustomerRow, customerOf } from './customer.ts';
import type { Fault, Judged, SourceRow } from './judged.ts';
import { type OrderRow, orderOf } from './order.ts';
import { type ProductRow, productOf } from './product.ts';

export interface LegacyShop {
  readonly customers: readonly SourceRow[];
  readonly products: readonly SourceRow[];
  readonly orders: readonly SourceRow[];
}

export interface Expected<Row> {
  /** By legacy id. */
  readonly rows: ReadonlyMap<string, Row>;
  readonly quarantine: readonly { readonly legacyId: string; readonly faults: readonly Fault[] }[];
  /** Rows that arrive with a value that stands in for one that nobody understands, by field. */
  readonly counted: ReadonlyMap<string, number>;
  /** Rows that the filter lets through: those that arrive and those in quarantine. */
  readonly read: number;
}

export interface ExpectedShop {
  readonly customer: Expected<CustomerRow>;
  readonly product: Expected<ProductRow>;
  readonly order: Expected<OrderRow>;
}

/** `now` in UTC, as `YYYY-MM-DD HH:MM:SS`. */
export function expectedShop({ customers, products, orders }: LegacyShop, now: string): ExpectedShop {
  const customer = judgeAll(customers, 'customer_id', (row) => customerOf(row, now));
  const aside = new Set(customer.quarantine.map(({ legacyId }) => legacyId));
  const known = new Set(customers.map((row) => row.customer_id));
  const lookup = (legacyId: string | null): string | null => {
    if (legacyId !== null && customer.rows.has(legacyId)) return null;
    if (!known.has(legacyId)) return 'no such customer';
    return legacyId !== null && aside.has(legacyId) ? 'customer in quarantine' : 'customer not active';
  };
  return {
    customer,
    product: judgeAll(products, 'product_id', productOf),
    order: judgeAll(orders, 'order_id', (row) => orderOf(row, now, lookup)),
  };
}

/** `judge` gives null for rows that the filter leaves out. */
function judgeAll<Row>(
  source: readonly SourceRow[],
  key: string,
  judge: (row: SourceRow) => Judged<Row> | null,
): Expected<Row> {
  const rows = new Map<string, Row>();
  const quarantine: { legacyId: string; faults: readonly Fault[] }[] = [];
  const counted = new Map<string, number>();
  for (const each of source) {
    const judged = judge(each);
    if (judged === null) continue;
    const legacyId = each[key] ?? '';
    if (judged.faults.length > 0) {
      quarantine.push({ legacyId, faults: judged.faults });
      continue;
    }
    rows.set(legacyId, judged.row);
    for (const field of judged.counted) counted.set(field, (counted.get(field) ?? 0) + 1);
  }
  return { rows, quarantine, counted, read: rows.size + quarantine.length };
}
