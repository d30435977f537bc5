// The sample: a shop's legacy database as SQLite, 627,876 rows, the same to the last byte of every value each time.

import { rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { fillCustomers } from './customers.ts';
import { fillOrders } from './orders.ts';
import { fillProducts } from './products.ts';
import { seeded } from './random.ts';
import { indexes, schema } from './schema.ts';

export const shopSize = { customers: 45_231, products: 2_400, orders: 123_456, order_items: 456_789 } as const;

/** Writes a new file and puts it in place of an earlier one; about two seconds. */
export async function makeLegacyShop(file: string): Promise<void> {
  const scratch = `${file}.new`;
  await rm(scratch, { force: true });
  const database = new Database(scratch);
  try {
    // A file that is thrown away when anything goes wrong needs no journal.
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -4096');
    // Lines may be written before their orders, a few at a time.
    database.pragma('foreign_keys = OFF');
    database.exec('BEGIN');
    database.exec(schema);
    fill(database);
    database.exec(indexes);
    database.exec('COMMIT');
    database.exec('ANALYZE');
  } finally {
    database.close();
  }
  for (const rest of ['-wal', '-shm', '-journal']) await rm(file + rest, { force: true });
  await rename(scratch, file);
}

/** A seed for each table: what is added to one leaves the others as they are. */
function fill(database: Database.Database): void {
  const closed = fillCustomers(database, seeded(20_231_115), shopSize.customers);
  const prices = fillProducts(database, seeded(20_231_116), shopSize.products);
  fillOrders(database, seeded(20_231_117), { ...shopSize, items: shopSize.order_items, closed, prices });
}
