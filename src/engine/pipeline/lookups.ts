// Makes a lookup: two columns of a target table, read into a file.

import type { ReadColumn } from '../../shared/model/plan.ts';
import type { Reader, TableName } from '../dialects/dialect.ts';
import { fieldLength, NULL_LENGTH } from './batch.ts';
import { fieldText } from './field-text.ts';
import { LookupWriter } from './lookup-file.ts';
import type { Value } from './transforms/chain.ts';

export interface LookupOrder {
  readonly file: string;
  readonly table: TableName;
  readonly match: ReadColumn;
  readonly take: ReadColumn;
}

/** Reads both columns of the whole table into the file. Throws `lookup.ambiguous`. Returns the number of values. */
export async function buildLookup(order: LookupOrder, reader: Reader, signal: AbortSignal): Promise<number> {
  const { file, table, match, take } = order;
  const lookup = await LookupWriter.create(file, `${table.name}.${match.name}`);
  const texts = [fieldText(match.logical), fieldText(take.logical)] as const;
  try {
    const scan = { table, columns: [match, take], filter: null, range: { kind: 'all' } as const };
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
        lookup.add(key, next(texts[1]));
      }
    }
    return lookup.end();
  } catch (error) {
    lookup.abandon();
    throw error;
  }
}
