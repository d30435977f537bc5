// Two PostgreSQL databases and a host, fresh for each test of a file that imports them; and `things`, as both know it.

import { afterEach, beforeEach } from 'vitest';
import { freshDatabase, type TestDatabase } from './database.ts';
import { openHost, type TestHost } from './engine.ts';

export let host: TestHost;
export let source: TestDatabase;
export let target: TestDatabase;

beforeEach(async () => {
  host = openHost();
  source = await freshDatabase('postgres');
  target = await freshDatabase('postgres');
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  host.close();
});

export const NEW_THINGS = 'CREATE TABLE things (id integer PRIMARY KEY, name varchar(20), price numeric(8,2));';
/** It has a column that goes when it is replaced. */
export const OLD_THINGS =
  'CREATE TABLE things (id integer PRIMARY KEY, old text, name varchar(20), price numeric(8,2));';
