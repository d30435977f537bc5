// What becomes of a legacy order.

import { dateOf, parseDate } from './dates.ts';
import { formatDecimal, parseDecimal, within, ZERO } from './decimals.ts';
import { readItems } from './items.ts';
import { type Judged, Judgement, type SourceRow } from './judged.ts';
import { decode, present } from './texts.ts';

export interface OrderRow {
  readonly legacy_id: string;
  /** The target has the customer's new key instead. */
  readonly customer_legacy_id: string;
  readonly order_number: string;
  /** Without zeros at the end: compare numbers. */
  readonly total: string;
  readonly status: string;
  readonly order_date: string;
  /** JSON. */
  readonly items: string;
}

const TAKEN_FROM = '2020-01-01 00:00:00';

/** Null for orders before 2020. `lookup` tells why a customer does not arrive, and null for one that does. */
export function orderOf(
  row: SourceRow,
  now: string,
  lookup: (legacyId: string | null) => string | null,
): Judged<OrderRow> | null {
  // A date that can't be read is not known to be too early.
  const date = parseDate(row.order_date ?? '');
  if (date !== null && date < TAKEN_FROM) return null;
  const judgement = new Judgement();
  const customer = row.customer_id ?? null;
  const miss = lookup(customer);
  if (miss !== null) judgement.fault('customer_id', miss);
  const judged: OrderRow = {
    legacy_id: row.order_id ?? '',
    customer_legacy_id: customer ?? '',
    order_number: present(row.order_number) === null ? `ORD-${row.order_id}` : row.order_number!,
    ...totalAndItems(row, judgement),
    status: statusOf(row.status, judgement),
    order_date: dateOf('order_date', row.order_date, now, judgement) ?? '',
  };
  return { row: judged, ...judgement };
}

/** Without its items the total of an order that has none can't be known: that is one fault, of the items. */
function totalAndItems(row: SourceRow, judgement: Judgement): Pick<OrderRow, 'total' | 'items'> {
  const items = readItems(row.order_items ?? null);
  if ('reason' in items) judgement.fault('items', items.reason);
  const given = present(row.order_total);
  const number = given === null ? ZERO : parseDecimal(given);
  const total = number?.units === 0n && 'sum' in items ? items.sum : number;
  if (total === null) judgement.fault('total', 'no number');
  else if (!within(total, 0n, 1_000_000n)) judgement.fault('total', 'out of range');
  return { total: formatDecimal(total ?? ZERO), items: 'json' in items ? items.json : '[]' };
}

function statusOf(code: string | null | undefined, judgement: Judgement): string {
  const status = decode(code, {
    pending: ['1', 'NEW'],
    processing: ['2', 'PROC'],
    shipped: ['3', 'SHIP'],
    delivered: ['4', 'DELV'],
    cancelled: ['5', 'CANC'],
  });
  if (status === null) judgement.count('status');
  return status ?? 'pending';
}
