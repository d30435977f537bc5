// The sample's orders, each with its lines twice: as a text of the order, and as rows of order_items.

import type { Database } from 'better-sqlite3';
import { anyTime, CLOSED, future, isoTime, OPENED, TAKEN_FROM } from './dates.ts';
import { inserter, type Value } from './insert.ts';
import { brokenItems, itemsText, type Line, linesOf, orderLines } from './order-lines.ts';
import type { Random } from './random.ts';

interface Shop {
  readonly customers: number;
  readonly orders: number;
  /** Lines of all orders together. */
  readonly items: number;
  /** By the customer's number. */
  readonly closed: readonly boolean[];
  /** In cents, the first product's first. */
  readonly prices: readonly number[];
}

const statuses = ['4', '4', 'DELV', 'DELV', '3', 'SHIP', '2', 'PROC', '1', 'NEW', '5', 'CANC'] as const;
const strayStatuses = ['0', '9', 'HOLD', 'RETD', '?'] as const;

export function fillOrders(database: Database, random: Random, shop: Shop): void {
  const orders = inserter(database, 'orders', 7);
  const items = inserter(database, 'order_items', 6);
  let nextItem = 1;
  for (let id = 1; id <= shop.orders; id++) {
    const lines = orderLines(
      random,
      shop.prices,
      linesOf(random, { ordersLeft: shop.orders - id + 1, itemsLeft: shop.items - nextItem + 1 }),
    );
    orders.add(orderRow(random, id, shop, lines));
    for (const [i, { product, quantity, cents }] of lines.entries()) {
      items.add([nextItem++, id, i + 1, product, quantity, cents / 100]);
    }
  }
  orders.end();
  items.end();
}

function orderRow(random: Random, id: number, { customers, closed }: Shop, lines: readonly Line[]): Value[] {
  const cents = lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
  // Some orders belong to customers that were deleted long ago.
  const customer = random.percent(0.3) ? customers + random.whole(1, 900) : random.whole(1, customers);
  return [
    id,
    customer,
    random.percent(2) ? random.pick([null, null, '']) : `ORD-${String(id).padStart(7, '0')}`,
    totalOf(random, cents),
    random.percent(0.8) ? random.pick(strayStatuses) : random.pick(statuses),
    isoTime(orderedAt(random, closed[customer] === true)),
    random.percent(0.5) ? brokenItems(random, lines) : itemsText(random, lines),
  ];
}

function totalOf(random: Random, cents: number): number | null {
  if (random.percent(1.5)) return random.pick([null, 0]);
  if (random.percent(0.1)) return random.pick([-19.99, 1_000_000.01, 2_500_000]);
  return cents / 100;
}

/** Hardly anybody whose account is closed has ordered lately. */
function orderedAt(random: Random, closed: boolean): number {
  if (random.percent(0.1)) return future(random);
  return closed && random.percent(92) ? anyTime(random, OPENED, TAKEN_FROM - 1) : anyTime(random, OPENED, CLOSED);
}
