// Sequences of tables into which rows go: they stay ahead of the numbers that stand there, and go back with the rows.

import type pg from 'pg';
import type { MergeIn } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import { mergedTable } from '../namespace.ts';
import { literal, qualified, quote } from '../syntax.ts';

export interface Numbers {
  readonly column: string;
  readonly sequence: string;
  readonly last: string;
  readonly called: boolean;
}

export interface Change extends Numbers {
  readonly left: string;
  readonly leftCalled: boolean;
}

/** The sequences that the table owns, with where they stand. */
export async function numbersOf(client: pg.Client, schema: string, merge: MergeIn): Promise<Numbers[]> {
  const found: Numbers[] = [];
  for (const column of merge.identities) {
    const reference = literal(qualified(schema, merge.table));
    const named = await client.query<{ sequence: string | null }>(
      `SELECT pg_get_serial_sequence(${reference}, ${literal(column)}) AS sequence`,
    );
    const sequence = named.rows[0]?.sequence;
    if (sequence == null) continue;
    const { rows } = await client.query<{ last: string; called: string }>(
      `SELECT last_value AS last, is_called AS called FROM ${sequence}`,
    );
    found.push({ column, sequence, last: rows[0]!.last, called: rows[0]!.called === 't' });
  }
  return found;
}

/** Beyond the highest number that stands there; never back. */
export async function advance(
  client: pg.Client,
  schema: string,
  table: string,
  { column, sequence }: Numbers,
): Promise<void> {
  await client.query(
    `SELECT setval(${literal(sequence)}, m.highest::bigint) FROM
       (SELECT max(${quote(column)}) AS highest FROM ${qualified(schema, table)}) m, ${sequence} s
     WHERE m.highest > s.last_value OR (m.highest = s.last_value AND NOT s.is_called)`,
  );
}

/** Where nobody has drawn a number since; else the numbers go on from there. */
export async function restoreNumbers(client: pg.Client, run: RunIdentity): Promise<void> {
  const { rows } = await client.query<{ numbers: string }>(`SELECT numbers FROM ${mergedTable(run)}`);
  for (const { numbers } of rows) {
    for (const each of JSON.parse(numbers) as Change[]) {
      await client.query(
        `SELECT setval(${literal(each.sequence)}, ${each.last}, ${each.called}) FROM ${each.sequence} s
         WHERE s.last_value = ${each.left} AND s.is_called = ${each.leftCalled}`,
      );
    }
  }
}
