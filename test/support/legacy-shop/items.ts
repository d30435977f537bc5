// The lines of an order, in either of the two forms.
//
//   - Nothing is left out: one line at fault is enough to keep the order aside.
//   - "product_id there" is the field: a text or number that is not empty. Whether such a product exists, nobody asks;
//     the sample's orders name some that were taken out of the catalogue.
//   - In JSON quantity and price are numbers, not texts that look like numbers. Of the delimited form the product stays
//     the text it is ("P001"), quantity and price become numbers; each line has exactly three fields.

import { add, type Decimal, multiply, parseDecimal, ZERO } from './decimals.ts';

export type Items = { readonly json: string; readonly sum: Decimal } | { readonly reason: string };

interface Line {
  readonly product: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
}

export function readItems(text: string | null): Items {
  const given = (text ?? '').trim();
  if (given === '') return { reason: 'no items' };
  return given.startsWith('[') || given.startsWith('{') ? readJson(given) : readDelimited(given);
}

function readJson(text: string): Items {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'no JSON' };
  }
  if (!Array.isArray(value)) return { reason: 'no list' };
  return summed(value.map(lineOf), text);
}

function lineOf(item: unknown): Line | null {
  if (typeof item !== 'object' || item === null) return null;
  const { product_id: product, quantity, price } = item as Record<string, unknown>;
  if (typeof product !== 'string' && typeof product !== 'number') return null;
  return line(String(product), numberText(quantity), numberText(price));
}

/** Exact for numbers of up to 15 digits, which the shop's are. */
function numberText(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}

function readDelimited(text: string): Items {
  const parts = text.split('|').map((part) => part.split(':').map((field) => field.trim()));
  if (parts.some((fields) => fields.length !== 3)) return { reason: 'not three fields' };
  const json = parts.map(
    ([product = '', quantity, price]) =>
      `{"product_id":${JSON.stringify(product)},"quantity":${quantity},"price":${price}}`,
  );
  return summed(
    parts.map(([product = '', quantity = '', price = '']) => line(product, quantity, price)),
    `[${json.join(',')}]`,
  );
}

function line(product: string, quantityText: string, priceText: string): Line | null {
  const quantity = parseDecimal(quantityText);
  const price = parseDecimal(priceText);
  if (product.trim() === '' || quantity === null || price === null) return null;
  return quantity.units > 0n && price.units >= 0n ? { product, quantity, price } : null;
}

function summed(lines: readonly (Line | null)[], json: string): Items {
  if (lines.length === 0) return { reason: 'no items' };
  let sum = ZERO;
  for (const each of lines) {
    if (each === null) return { reason: 'line at fault' };
    sum = add(sum, multiply(each.quantity, each.price));
  }
  return { json, sum };
}
