// The servers that tests start must not reach into each other's temporary tables.

import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openClient } from '../support/client.ts';

test.skipIf(process.env.DROVER_TEST_MARIADB_URL)(
  'MariaDB keeps its temporary tables in a folder of its own',
  async () => {
    const client = await openClient({ family: 'mysql', ...inject('mariadb') });
    try {
      const [row] = await client.ask('SELECT @@tmpdir, @@datadir');
      const [temporary, data] = row as [string, string];
      expect(temporary).not.toBe(tmpdir());
      expect(dirname(temporary)).toBe(dirname(data.replace(/\/$/, '')));
    } finally {
      await client.close();
    }
  },
);
