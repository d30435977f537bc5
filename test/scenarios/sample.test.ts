// The sample as it is, dirty values and all, into the families of servers; test/e2e takes it into a file.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLegacyShop, shopSize } from '../../src/host/sample/legacy-shop.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { migrate, openHost } from '../support/engine.ts';
import { chosen } from '../support/slice.ts';

let sample: TestDatabase;

beforeAll(async () => {
  sample = await freshDatabase('sqlite');
  await makeLegacyShop(sample.name);
});
afterAll(() => sample.drop());

test.each(chosen('sample', ['postgres', 'mariadb'] as const, 1))('all of it arrives in %s', async (server) => {
  const host = openHost();
  const target = await freshDatabase(server);
  try {
    const { finished, errors } = await migrate(host, sample, target);
    expect(errors).toEqual([]);
    expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
    for (const [table, rows] of Object.entries(shopSize)) {
      expect(await target.ask(`SELECT count(*) FROM ${table}`)).toEqual([[String(rows)]]);
    }
  } finally {
    await target.drop();
    host.close();
  }
});
