// Questions about the staged tables by their final names, before they are published.

import type { RunIdentity } from '../../session.ts';
import type { Link } from '../connection.ts';
import { telling } from '../errors.ts';
import { stagingDatabase } from '../names.ts';
import { quote } from '../syntax.ts';

/** Rows of a SELECT over staged tables; what stands in the target is named with its database. */
export async function countStaged(link: Link, run: RunIdentity, query: string): Promise<number> {
  return telling(
    { what: 'The SELECT failed', code: 'rule.failed', reads: true, where: { side: 'target' } },
    async () => {
      await link.query(`USE ${quote(stagingDatabase(run))}`);
      try {
        await link.query('START TRANSACTION READ ONLY');
        const [row] = await link.query(`SELECT COUNT(*) AS counted FROM (${query}) AS broken`);
        return Number(row?.counted);
      } finally {
        await link.query('ROLLBACK');
        await link.query(`USE ${quote(link.database)}`);
      }
    },
  );
}
