// The sample: a shop's legacy database as SQLite, 625,476 rows, the same to the last byte of every value each time.

import { rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { type Random, seeded } from './random.ts';
import { brokenEmails, buildings, cities, firstNames, junkPhones, lastNames, statuses, streets } from './words.ts';

export const shopSize = { customers: 45_231, orders: 123_456, order_items: 456_789 } as const;

/** Products that order lines name; the table of them comes with the mapping sample. */
const PRODUCTS = 2_400;
const DAY = 86_400;
/** 2018-01-01 00:00:00 UTC, in seconds. */
const OPENED = 1_514_764_800;
/** 2026-06-30 00:00:00 UTC: fixed, so that the sample does not age. */
const CLOSED = 1_782_777_600;

/** Writes a new file and puts it in place of an earlier one; about two seconds. */
export async function makeLegacyShop(file: string): Promise<void> {
  const scratch = `${file}.new`;
  await rm(scratch, { force: true });
  const database = new Database(scratch);
  try {
    // A file that is thrown away when anything goes wrong needs no journal.
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -65536');
    database.pragma('temp_store = MEMORY');
    database.exec('BEGIN');
    database.exec(schema);
    fill(database, seeded(20_231_115));
    database.exec(indexes);
    database.exec('COMMIT');
    database.exec('ANALYZE');
  } finally {
    database.close();
  }
  for (const rest of ['-wal', '-shm', '-journal']) await rm(file + rest, { force: true });
  await rename(scratch, file);
}

const schema = `
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  customer_name VARCHAR(120) NOT NULL,
  email_address VARCHAR(160),
  phone_number VARCHAR(40),
  street_address VARCHAR(160),
  city VARCHAR(80),
  state_province VARCHAR(40),
  zip_postal VARCHAR(16),
  country VARCHAR(40),
  status_code VARCHAR(4) NOT NULL DEFAULT '1',
  created_date VARCHAR(32) NOT NULL,
  last_modified DATETIME,
  active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  order_number VARCHAR(24),
  order_total DECIMAL(12,2),
  status VARCHAR(8) NOT NULL DEFAULT 'NEW',
  order_date DATETIME NOT NULL,
  order_items TEXT
);
CREATE TABLE order_items (
  order_item_id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  line_number INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
  unit_price DECIMAL(10,2) NOT NULL CHECK (unit_price >= 0)
);
`;

const indexes = `
CREATE INDEX customers_email ON customers (email_address);
CREATE INDEX customers_city ON customers (country, city);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_date ON orders (order_date);
CREATE UNIQUE INDEX order_items_line ON order_items (order_id, line_number);
CREATE INDEX order_items_product ON order_items (product_id);
`;

function fill(database: Database.Database, random: Random): void {
  const customer = database.prepare(`INSERT INTO customers VALUES (${marks(13)})`);
  for (let id = 1; id <= shopSize.customers; id++) customer.run(customerRow(random, id));

  const order = database.prepare(`INSERT INTO orders VALUES (${marks(7)})`);
  const items = grouped(database, 'order_items', 6);
  const prices = Array.from({ length: PRODUCTS }, () => random.whole(99, 99_999));
  let nextItem = 1;
  for (let id = 1; id <= shopSize.orders; id++) {
    const lines = orderLines(
      random,
      prices,
      linesOf(random, shopSize.orders - id + 1, shopSize.order_items - nextItem + 1),
    );
    order.run(orderRow(random, id, lines));
    for (const [i, { product, quantity, cents }] of lines.entries()) {
      items.add([nextItem++, id, i + 1, product, quantity, cents / 100]);
    }
  }
  items.end();
}

/** Twenty rows at a time cost half of what single rows do. */
function grouped(database: Database.Database, table: string, columns: number) {
  const ROWS = 20;
  const insert = (rows: number) =>
    database.prepare(
      `INSERT INTO ${table} VALUES ${Array.from({ length: rows }, () => `(${marks(columns)})`).join(', ')}`,
    );
  const full = insert(ROWS);
  let values: Value[] = [];
  return {
    add(row: readonly Value[]) {
      values.push(...row);
      if (values.length < ROWS * columns) return;
      full.run(values);
      values = [];
    },
    end() {
      if (values.length > 0) insert(values.length / columns).run(values);
    },
  };
}

type Value = string | number | null;

function customerRow(random: Random, id: number): Value[] {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const city = random.pick(cities);
  const created = random.whole(OPENED, CLOSED - DAY);
  return [
    id,
    untidy(random, `${first} ${last}`),
    emailOf(random, first, last, id),
    phoneOf(random),
    `${random.whole(1, 9_999)} ${random.pick(streets)}${random.percent(12) ? `, ${random.pick(buildings)} ${random.whole(1, 40)}` : ''}`,
    random.percent(4) ? ` ${city.name.toUpperCase()} ` : city.name,
    city.state,
    city.zip + String(random.whole(0, 99)).padStart(2, '0'),
    random.percent(35) ? null : city.country,
    random.pick(statuses.customer),
    dateInSomeForm(random, created),
    random.percent(8) ? null : isoTime(random.whole(created, CLOSED)),
    random.percent(91) ? 1 : 0,
  ];
}

/** Names as people typed them: blanks, capitals. */
function untidy(random: Random, name: string): string {
  if (random.percent(88)) return name;
  const [first = '', ...rest] = name.split(' ');
  return random.pick([
    `  ${first.toLowerCase()} ${rest.join(' ').toUpperCase()}  `,
    name.toUpperCase(),
    `${first}  ${rest.join(' ')}`,
  ]);
}

function emailOf(random: Random, first: string, last: string, id: number): string | null {
  if (random.percent(1)) return null;
  if (random.percent(0.5)) return random.pick(brokenEmails);
  const plain = `${first}.${last}${id}`
    .normalize('NFD')
    .replace(/[^a-z0-9.]/gi, '')
    .toLowerCase();
  const email = `${plain}@example.${random.pick(['com', 'org', 'net'])}`;
  return random.percent(10) ? email.toUpperCase() : email;
}

function phoneOf(random: Random): string | null {
  if (random.percent(2)) return null;
  if (random.percent(1)) return random.pick(junkPhones);
  const area = random.whole(201, 989);
  const line = String(random.whole(0, 9_999)).padStart(4, '0');
  return random.pick([`${area}555${line}`, `+1 ${area}-555-${line}`, `(${area}) 555-${line}`, `${area}.555.${line}`]);
}

/** The forms that years of imports left behind; day before month only where it can't be mistaken. */
function dateInSomeForm(random: Random, seconds: number): string {
  const iso = isoTime(seconds);
  const [date = '', time = ''] = iso.split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  const form = random.whole(1, 100);
  if (form <= 60) return iso;
  if (form <= 75) return date;
  if (form <= 85) return `${month}/${day}/${year} ${time}`;
  if (form <= 93 && Number(day) > 12) return `${day}/${month}/${year}`;
  return `${year}${month}${day}`;
}

interface Line {
  readonly product: number;
  readonly quantity: number;
  readonly cents: number;
}

/** How many lines this order has so that all orders together have exactly as many as the sample shall hold. */
function linesOf(random: Random, ordersLeft: number, itemsLeft: number): number {
  if (ordersLeft === 1) return itemsLeft;
  const mean = itemsLeft / ordersLeft;
  const wanted = Math.max(1, Math.round(mean + (random.next() + random.next() - 1) * 2.7));
  return Math.min(wanted, itemsLeft - (ordersLeft - 1));
}

function orderLines(random: Random, prices: readonly number[], lines: number): Line[] {
  return Array.from({ length: lines }, () => {
    const product = random.whole(1, PRODUCTS);
    return { product, quantity: random.whole(1, random.percent(90) ? 4 : 25), cents: prices[product - 1]! };
  });
}

function orderRow(random: Random, id: number, lines: readonly Line[]): Value[] {
  const cents = lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
  // Some orders belong to customers that were deleted long ago.
  const customer = random.percent(0.3)
    ? shopSize.customers + random.whole(1, 900)
    : random.whole(1, shopSize.customers);
  return [
    id,
    customer,
    random.percent(2) ? null : `ORD-${String(id).padStart(7, '0')}`,
    random.percent(1.5) ? random.pick([null, 0]) : cents / 100,
    random.pick(statuses.order),
    isoTime(random.whole(OPENED, CLOSED)),
    itemsText(random, lines),
  ];
}

function itemsText(random: Random, lines: readonly Line[]): string {
  const price = (cents: number) => (cents / 100).toFixed(2);
  if (random.percent(80)) {
    const items = lines.map(
      (line) => `{"product_id":${line.product},"quantity":${line.quantity},"price":${price(line.cents)}}`,
    );
    return `[${items.join(',')}]`;
  }
  return lines
    .map((line) => `P${String(line.product).padStart(3, '0')}:${line.quantity}:${price(line.cents)}`)
    .join('|');
}

/** Seconds since 1970 as `YYYY-MM-DD HH:MM:SS`. */
function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
