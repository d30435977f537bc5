// Statements on a file block the thread, one at a time.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { SqliteSession } from '../../src/engine/dialects/sqlite/session.ts';

test('between two statements others get their turn, such as a person who wants to stop', async () => {
  const session = new SqliteSession('none', 'target', new Database(':memory:'));
  const seen: number[] = [];
  const tables = (): Promise<readonly Record<string, unknown>[]> => session.query('SELECT name FROM sqlite_schema');
  const looked = async (): Promise<void> => void seen.push((await tables()).length);
  const statements = ['a', 'b', 'c'].map((name) => ({ sql: `CREATE TABLE ${name} (x)`, purpose: `create ${name}` }));
  const stop = new AbortController();
  setImmediate(() => setImmediate(() => stop.abort()));
  stop.signal.addEventListener('abort', () => void looked());
  await session.execute(statements);
  expect(seen).toEqual([expect.toSatisfy((made: number) => made < 3)]);
  expect(await tables()).toHaveLength(3);
  await session.close();
});
