// The sample holds what its rules speak of: how much of it is clean, and what is wrong with the rest.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLegacyShop, shopSize } from '../../src/host/sample/legacy-shop.ts';
import { type Expected, type ExpectedShop, expectedShop, type LegacyShop } from '../support/legacy-shop/oracle.ts';
import { readLegacyShop } from '../support/legacy-shop/source.ts';

let folder: string;
let source: LegacyShop;
let shop: ExpectedShop;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drover-sample-'));
  await makeLegacyShop(join(folder, 'shop.db'));
  source = readLegacyShop(join(folder, 'shop.db'));
  shop = expectedShop(source, '2026-07-01 00:00:00');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every table has its rows', () => {
  const { customers, products, orders } = source;
  expect(shopSize).toMatchObject({ customers: customers.length, products: products.length, orders: orders.length });
});

/** Values come from seeds, so every count is exact; who changes the sample changes them knowingly. */
test.each([
  [
    'customer',
    { read: 41_151, arrives: 39_748, counted: { status: 567 } },
    {
      'email: missing': 452,
      'email: no address': 172,
      'phone: too few digits': 457,
      'created_at: no date': 215,
      'created_at: in the future': 84,
      'updated_at: in the future': 34,
    },
  ],
  [
    'product',
    { read: 2_400, arrives: 2_342, counted: { attributes: 125 } },
    { 'sku: too short': 21, 'price: no number': 20, 'price: out of range': 18 },
  ],
  [
    'order',
    { read: 86_638, arrives: 82_162, counted: { status: 655 } },
    {
      'customer_id: no such customer': 295,
      'customer_id: customer not active': 689,
      'customer_id: customer in quarantine': 2_878,
      'items: no items': 103,
      'items: no JSON': 45,
      'items: not three fields': 116,
      'items: line at fault': 179,
      'total: out of range': 92,
      'order_date: in the future': 122,
    },
  ],
] as const)('%s: more than one row in a hundred is at fault, fewer than ten', (table, counts, faults) => {
  const { rows, quarantine, read, counted } = shop[table];
  expect({ read, arrives: rows.size, counted: Object.fromEntries(counted) }).toEqual(counts);
  expect(reasonsOf(shop[table])).toEqual(faults);
  expect(quarantine.length / read).toBeGreaterThan(0.01);
  expect(quarantine.length / read).toBeLessThan(0.1);
});

test('what must be unique in the target is', () => {
  const emails = [...shop.customer.rows.values()].map(({ email }) => email);
  const skus = [...shop.product.rows.values()].map(({ sku }) => sku);
  expect(new Set(emails).size).toBe(emails.length);
  expect(new Set(skus).size).toBe(skus.length);
});

test('dates, codes, prices and names come in all their forms', () => {
  const column = (rows: LegacyShop['customers'], name: string) => rows.map((row) => row[name] ?? '');
  const dates = column(source.customers, 'created_date');
  const forms = [/^\d+-\d+-\d+ /, /^\d+-\d+-\d+$/, /^\d+\/\d+\/\d+ /, /^\d+\/\d+\/\d+$/, /^\d{8}$/];
  for (const form of forms) expect(dates.filter((date) => form.test(date)).length).toBeGreaterThan(1_000);
  expect(column(source.products, 'unit_price').filter((price) => /[$€£]/.test(price)).length).toBeGreaterThan(100);
  expect(column(source.products, 'product_attributes').filter((text) => text.includes('=')).length).toBeGreaterThan(
    500,
  );
  expect(column(source.orders, 'order_items').filter((text) => text.startsWith('P')).length).toBeGreaterThan(10_000);
  const names = [...shop.customer.rows.values()].filter(({ name }) => name === 'Unknown Customer');
  expect(names.length).toBeGreaterThan(50);
});

function reasonsOf({ quarantine }: Expected<unknown>): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const { field, reason } of quarantine.flatMap(({ faults }) => faults)) {
    const key = `${field}: ${reason}`;
    reasons[key] = (reasons[key] ?? 0) + 1;
  }
  return reasons;
}
