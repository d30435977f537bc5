// The test servers themselves: a fresh database answers, and is gone when dropped.

import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';

describe.each(['postgres', 'mariadb', 'sqlite'] as const)('fresh database on %s', (server) => {
  it('answers in the server’s own text, and is gone when dropped', async () => {
    const database = await freshDatabase(server);
    await database.run(
      "CREATE TABLE t (a bigint, b text); INSERT INTO t VALUES (9223372036854775807, 'é😀'), (NULL, '')",
    );
    const rows = await database.ask('SELECT a, b FROM t ORDER BY a IS NULL');
    await database.drop();
    expect(rows).toEqual([
      ['9223372036854775807', 'é😀'],
      [null, ''],
    ]);
    if (server !== 'sqlite') await expect(database.ask('SELECT 1')).rejects.toThrow();
  });
});
