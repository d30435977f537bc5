// The columns of a SELECT, as PostgreSQL's own description of its result names them.

import type { DescribedColumn } from '../session.ts';
import { confined } from './confine.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { parseType } from './type-parse.ts';

export async function describe({ client }: Link, query: string): Promise<readonly DescribedColumn[]> {
  return telling({ what: 'The SELECT failed', code: 'inspect.failed', reads: true }, async () => {
    // With a parameter it goes by the extended protocol, which takes one statement and no more.
    const select = `SELECT * FROM (${query}) AS described LIMIT $1`;
    const { fields } = await confined(client, () => client.query(select, ['0']));
    if (fields.length === 0) return [];
    const ids = fields.map(({ dataTypeID, dataTypeModifier }, i) => `(${i}, ${dataTypeID}, ${dataTypeModifier})`);
    const { rows } = await client.query<{ native: string }>(
      `SELECT format_type(id::oid, modifier) AS native FROM (VALUES ${ids.join(', ')}) AS v (place, id, modifier) ORDER BY place`,
    );
    return fields.map(({ name }, i) => {
      const { native } = rows[i]!;
      return { name, native, logical: parseType(native) ?? { kind: 'opaque', native } };
    });
  });
}
