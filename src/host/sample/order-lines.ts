// The lines of the sample's orders, and the two ways in which an order writes them down.

import type { Random } from './random.ts';

export interface Line {
  readonly product: number;
  readonly quantity: number;
  readonly cents: number;
}

/** How many lines this order has so that all orders together have exactly as many as the sample shall hold. */
export function linesOf(random: Random, { ordersLeft, itemsLeft }: { ordersLeft: number; itemsLeft: number }): number {
  if (ordersLeft === 1) return itemsLeft;
  const mean = itemsLeft / ordersLeft;
  const wanted = Math.max(1, Math.round(mean + (random.next() + random.next() - 1) * 2.7));
  return Math.min(wanted, itemsLeft - (ordersLeft - 1));
}

export function orderLines(random: Random, prices: readonly number[], lines: number): Line[] {
  return Array.from({ length: lines }, () => {
    // Some products were taken out of the catalogue after they had been sold.
    const product = random.percent(0.1) ? prices.length + random.whole(1, 60) : random.whole(1, prices.length);
    return { product, quantity: random.whole(1, random.percent(90) ? 4 : 25), cents: prices[product - 1] ?? 1_500 };
  });
}

export function itemsText(random: Random, lines: readonly Line[]): string {
  return random.percent(80) ? `[${lines.map(json).join(',')}]` : lines.map(delimited).join('|');
}

/** Lost, cut off, or with a line that can't have been ordered. */
export function brokenItems(random: Random, lines: readonly Line[]): string | null {
  const [first, ...rest] = lines as readonly [Line, ...Line[]];
  const others = rest.map((line) => `,${json(line)}`).join('');
  return random.pick([
    null,
    '',
    '[]',
    'see invoice',
    `[${json({ ...first, quantity: 0 })}${others}]`,
    `[${json({ ...first, cents: -first.cents })}${others}]`,
    `[{"quantity":${first.quantity},"price":${price(first)}}${others}]`,
    `[{"product_id":null,"quantity":${first.quantity},"price":${price(first)}}${others}]`,
    `[${json(first)}${others}`,
    [{ ...first, quantity: 0 }, ...rest].map(delimited).join('|'),
    `${delimited(first)}|P00`,
    `${delimited(first)}:`,
  ]);
}

function json(line: Line): string {
  return `{"product_id":${line.product},"quantity":${line.quantity},"price":${price(line)}}`;
}

function delimited(line: Line): string {
  return `P${String(line.product).padStart(3, '0')}:${line.quantity}:${price(line)}`;
}

function price({ cents }: Line): string {
  return (cents / 100).toFixed(2);
}
