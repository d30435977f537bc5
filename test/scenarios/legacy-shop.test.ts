// The acceptance case of mapping: the legacy shop becomes the new one, held row by row against the oracle.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLegacyShop } from '../../src/host/sample/legacy-shop.ts';
import { newShop } from '../../src/host/sample/new-shop.ts';
import type { QuarantinedRow } from '../../src/shared/model/quarantine.ts';
import type { Report } from '../../src/shared/model/report.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type Migration, migrate, openHost, type TestHost } from '../support/engine.ts';
import { type Expected, type ExpectedShop, expectedShop } from '../support/legacy-shop/oracle.ts';
import { readLegacyShop } from '../support/legacy-shop/source.ts';
import { slice } from '../support/slice.ts';

let sample: TestDatabase;
let shop: ExpectedShop;

beforeAll(async () => {
  sample = await freshDatabase('sqlite');
  await makeLegacyShop(sample.name);
  shop = expectedShop(readLegacyShop(sample.name), new Date().toISOString().slice(0, 19).replace('T', ' '));
});
afterAll(() => sample.drop());

const families = { postgres: 'postgres', mariadb: 'mysql', sqlite: 'sqlite' } as const;

describe.each(slice(['postgres', 'mariadb', 'sqlite'] as const, 1))('into %s', (server) => {
  let host: TestHost;
  let target: TestDatabase;
  let migration: Migration;
  beforeAll(async () => {
    host = openHost();
    target = await freshDatabase(server);
    const edit = (project: Migration['project']) => ({ ...project, ...newShop(families[server]) });
    migration = await migrate(host, sample, target, { edit });
  });
  afterAll(async () => {
    await target?.drop();
    host?.close();
  });

  test('it is published and verified', () => {
    expect(migration.plan.findings.filter(({ severity }) => severity === 'blocker')).toEqual([]);
    expect(migration.errors).toEqual([]);
    expect(migration.finished).toMatchObject({ state: 'published', verdict: 'verified' });
  });

  test('every customer is there, field by field', async () => {
    const rows = await target.ask(
      'SELECT legacy_id, name, email, phone, address, status, created_at, updated_at FROM customer',
    );
    const found = rows.map(([legacy_id, name, email, phone, address, status, created_at, updated_at]) => ({
      ...{ legacy_id, name, email, phone, status },
      address: keysSorted(address),
      created_at: moment(created_at),
      updated_at: moment(updated_at),
    }));
    same(found, shop.customer, (row) => ({ ...row, address: keysSorted(row.address) }));
  });

  test('every product is there, field by field', async () => {
    const rows = await target.ask(
      'SELECT legacy_id, sku, name, description, price, category, attributes, active FROM product',
    );
    const found = rows.map(([legacy_id, sku, name, description, price, category, attributes, active]) => ({
      ...{ legacy_id, sku, name, description, category },
      price: number(price),
      attributes: keysSorted(attributes),
      active: ['1', 't', 'true'].includes(active ?? ''),
    }));
    same(found, shop.product, (row) => ({
      ...row,
      price: number(row.price),
      attributes: keysSorted(row.attributes),
    }));
  });

  test('every order is there with its customer, field by field', async () => {
    const order = server === 'mariadb' ? '`order`' : '"order"';
    const rows = await target.ask(
      `SELECT o.legacy_id, c.legacy_id, o.order_number, o.total, o.status, o.order_date, o.items
       FROM ${order} o JOIN customer c ON c.id = o.customer_id`,
    );
    const found = rows.map(([legacy_id, customer_legacy_id, order_number, total, status, order_date, items]) => ({
      ...{ legacy_id, customer_legacy_id, order_number, status },
      total: number(total),
      order_date: moment(order_date),
      items: keysSorted(items),
    }));
    same(found, shop.order, (row) => ({ ...row, total: number(row.total), items: keysSorted(row.items) }));
  });

  test('what is not there is in quarantine, each row for a fault that it has', async () => {
    for (const [table, key] of [
      ['customer', 'customer_id'],
      ['product', 'product_id'],
      ['order', 'order_id'],
    ] as const) {
      const expected = new Map(shop[table].quarantine.map(({ legacyId, faults }) => [legacyId, faults]));
      const rows = await quarantineOf(host, migration, table);
      expect(rows.map(({ values }) => values[key]).sort(), `${table}: who is in quarantine`).toEqual(
        [...expected.keys()].sort(),
      );
      const fields = new Map(
        newShop('sqlite')
          .tables.find(({ target: name }) => name === table)
          ?.columns.filter(({ skip }) => !skip)
          .map(({ source, target: name }) => [source, name]),
      );
      const strange = rows.filter(({ column, values }) => {
        const faults = expected.get(values[key] ?? '') ?? [];
        return !faults.some(
          ({ field }) => field === fields.get(column) || (field === 'items' && column === 'order_total'),
        );
      });
      expect(strange, `${table}: rows with a reason that the oracle does not know`).toEqual([]);
    }
  });

  test('what stands in for something unknown is counted', async () => {
    const report = await host.call('report.read', { run: migration.finished?.run ?? '' });
    expect(counted(report, 'customer', 'status: map values')).toBe(shop.customer.counted.get('status'));
    expect(counted(report, 'order', 'status: map values')).toBe(shop.order.counted.get('status'));
    expect(report.rules.map(({ name, broken }) => [name, broken])).toEqual([
      ['every order has its customer', 0],
      ['no legacy customer is there twice', 0],
      ['orders on the source have a date', 0],
    ]);
  });
});

async function quarantineOf(host: TestHost, { finished }: Migration, table: string): Promise<QuarantinedRow[]> {
  const rows: QuarantinedRow[] = [];
  for (;;) {
    const page = await host.call('run.quarantine', {
      run: finished?.run ?? '',
      table,
      sort: [],
      offset: rows.length,
      limit: 1000,
    });
    rows.push(...page.rows);
    if (page.rows.length < 1000) return rows;
  }
}

function counted(report: Report, table: string, what: string): number | undefined {
  return report.tables.find(({ target }) => target === table)?.changes.find((change) => change.what.startsWith(what))
    ?.rows;
}

/** The first rows that differ, so that a failure can be read. */
function same<Row extends { legacy_id: string }>(
  found: readonly Readonly<Record<string, unknown>>[],
  { rows }: Expected<Row>,
  shown: (row: Row) => unknown,
): void {
  expect(found.length).toBe(rows.size);
  const different = found.filter((row) => {
    const expected = rows.get(String(row.legacy_id));
    return !expected || ordered(row) !== ordered(shown(expected) as object);
  });
  const wanted = different.slice(0, 5).map((row) => {
    const expected = rows.get(String(row.legacy_id));
    return expected ? shown(expected) : null;
  });
  expect(different.slice(0, 5)).toEqual(wanted);
}

function ordered(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The order of keys means nothing, and 1.50 is 1.5. */
function keysSorted(json: string | null | undefined): string {
  return JSON.stringify(JSON.parse(json ?? 'null'), (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function moment(text: string | null | undefined): string | null {
  return text == null ? null : text.replace('T', ' ').slice(0, 19);
}

function number(text: string | null | undefined): number {
  return Number(text);
}
