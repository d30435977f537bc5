// The sample's products: codes, prices and attributes typed by hand, in the manner of whoever was on duty.

import type { Database } from 'better-sqlite3';
import { inserter, type Value } from './insert.ts';
import { adjectives, colours, materials, nonsense, type Shelf, shelves, sizes } from './product-words.ts';
import type { Random } from './random.ts';

const yes = ['1', '1', '1', 'active', 'active', 'A', 'Y', 'yes', 'available', 'true', 'ACTIVE'] as const;
const no = ['0', 'no', 'N', 'inactive', 'discontinued'] as const;

/** Gives what each product costs, in cents: the first one's first. */
export function fillProducts(database: Database, random: Random, products: number): readonly number[] {
  const rows = inserter(database, 'products', 8);
  const prices: number[] = [];
  for (let id = 1; id <= products; id++) {
    const cents = random.whole(99, 99_999);
    prices.push(cents);
    rows.add(productRow(random, id, cents));
  }
  rows.end();
  return prices;
}

function productRow(random: Random, id: number, cents: number): Value[] {
  const shelf = random.pick(shelves);
  const adjective = random.pick(adjectives);
  const noun = random.pick(shelf.nouns);
  return [
    id,
    codeOf(random, shelf, id),
    random.percent(5) ? ` ${adjective}  ${noun} ` : `${adjective} ${noun}`,
    random.percent(6) ? null : `${adjective} ${noun.toLowerCase()}, made of ${random.pick(materials)}.`,
    priceOf(random, cents),
    random.percent(4) ? random.pick([null, '', ' ']) : random.pick(shelf.spellings),
    random.percent(4) ? null : random.percent(88) ? random.pick(yes) : random.pick(no),
    attributesOf(random),
  ];
}

/** Each holds the product's number, so that no two become the same one when they are cleaned. */
function codeOf(random: Random, { prefix }: Shelf, id: number): string | null {
  const number = String(id).padStart(4, '0');
  const code = `${prefix}-${number}`;
  const kind = random.next() * 100;
  if (kind < 78) return code;
  if (kind < 86) return code.toLowerCase();
  if (kind < 91) return random.pick([` ${code} `, `${prefix} ${number}`, `${prefix.toLowerCase()} - ${number}`]);
  if (kind < 94) return random.pick([`${prefix}/${number}`, `${code}*`, `${prefix}_${number}`, `#${code}`]);
  if (kind < 94.6) return random.pick(['A1', 'x', ' b-']);
  return random.pick([null, null, null, '', '  ', '***']);
}

function priceOf(random: Random, cents: number): string {
  const price = (cents / 100).toFixed(2);
  const kind = random.next() * 100;
  if (kind < 82) return price;
  if (kind < 95) return random.pick([`$${price}`, `$${price}`, `€${price}`, `£${price}`, `$ ${price}`]);
  if (kind < 97.5) return random.pick([` ${price} `, price.slice(0, -3), `${price}0`]);
  if (kind < 98.5) return random.pick(['0', '0.00', '100000.00']);
  return random.pick(['100000.01', '$250000.00', '-5.00', '-0.01', 'call us', 'n/a', 'TBD']);
}

function attributesOf(random: Random): string | null {
  const color = random.pick(colours);
  const size = random.pick(sizes);
  const kind = random.next() * 100;
  if (kind < 55) {
    const weight = (random.whole(1, 9_999) / 1000).toFixed(3);
    return random.pick([
      `{"color":"${color}","size":"${size}"}`,
      `{"color": "${color}", "weight": ${weight}, "tags": ["new", "sale"]}`,
      `{"size":"${size}","box":{"width":${random.whole(1, 90)},"height":${random.whole(1, 90)}},"fragile":true}`,
    ]);
  }
  if (kind < 87) {
    return random.pick([
      `color=${color};size=${size}`,
      `color=${color}`,
      `color = ${color}; size = ${size}; material = ${random.pick(materials)}`,
    ]);
  }
  return kind < 94 ? null : random.pick(nonsense);
}
