// U+0000 is found in texts of any character set of MariaDB, and a byte of zero in another character is not taken for it.

import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { migrate, openHost } from '../support/engine.ts';

const SETS = ['utf8mb4', 'utf8mb3', 'latin1', 'ascii', 'ucs2', 'utf16', 'utf32', 'sjis'] as const;

test('MariaDB', async () => {
  const host = openHost();
  const source = await freshDatabase('mariadb');
  const target = await freshDatabase('postgres');
  try {
    // Of these characters the second byte is zero in two bytes a character.
    const wide = (set: string) => (['latin1', 'ascii', 'sjis'].includes(set) ? "'a'" : "'\u0100\u4e00'");
    const columns = SETS.map(
      (set) => `in_${set} VARCHAR(20) CHARACTER SET ${set}, clean_${set} TEXT CHARACTER SET ${set}`,
    );
    await source.run(
      `CREATE TABLE texts (id INT PRIMARY KEY, ${columns.join(', ')});
       INSERT INTO texts VALUES (1, ${SETS.map((set) => `CONCAT('a', CHAR(0 USING utf8mb4), 'b'), ${wide(set)}`).join(', ')});
       INSERT INTO texts VALUES (2, ${SETS.map(() => `CHAR(0 USING utf8mb4), ''`).join(', ')});
       INSERT INTO texts VALUES (3, ${SETS.map((set) => `${wide(set)}, NULL`).join(', ')});`,
    );
    const { plan } = await migrate(host, source, target);
    const found = plan.findings.filter(({ code }) => code === 'value.nul-character');
    expect(found.map(({ place, rows }) => [place.column, rows])).toEqual(SETS.map((set) => [`in_${set}`, '2']));
  } finally {
    host.close();
    await source.drop();
    await target.drop();
  }
});
