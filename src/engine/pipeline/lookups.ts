// Makes a lookup: two columns of a target table, read into a file.

import type { ReadColumn } from '../../shared/model/plan.ts';
import type { Reader } from '../dialects/reading.ts';
import type { TableName } from '../dialects/session.ts';
import { fieldLength, NULL_LENGTH } from './batch.ts';
import { fieldText } from './field-text.ts';
import { LookupWriter } from './lookup-file.ts';
import type { Value } from './transforms/chain.ts';

export interface LookupOrder {
  readonly file: string;
  /** The same table in one place or two: what is found in the first goes before the second. */
  readonly tables: readonly TableName[];
  /** In the target's words: only rows that meet it can be found; null for all. */
  readonly filter: string | null;
  readonly match: ReadColumn;
  readonly take: ReadColumn;
}

/** Reads both columns into the file. Throws `lookup.ambiguous`. Returns the number of values. */
export async function buildLookup(order: LookupOrder, reader: Reader, signal: AbortSignal): Promise<number> {
  const { file, tables, filter, match, take } = order;
  const lookup = await LookupWriter.create(file, `${tables[0]?.name}.${match.name}`);
  const texts = [fieldText(match.logical), fieldText(take.logical)] as const;
  try {
    for (const table of tables) await readInto(lookup, table);
    return lookup.end();
  } catch (error) {
    lookup.abandon();
    throw error;
  }

  async function readInto(found: LookupWriter, table: TableName): Promise<void> {
    const scan = { table, columns: [match, take], filter, range: { kind: 'all' } as const };
    found.next();
    for await (const batch of reader.read(scan, signal)) {
      let at = 0;
      const next = (text: (typeof texts)[number]): Value => {
        const length = fieldLength(batch.bytes, at);
        const start = at + 4;
        at = length === NULL_LENGTH ? start : start + length;
        return length === NULL_LENGTH ? null : text(batch.bytes, start, at);
      };
      for (let row = 0; row < batch.rows; row++) {
        const key = next(texts[0]);
        found.add(key, next(texts[1]));
      }
    }
  }
}
