// Rows of a batch as the rows of an INSERT, value by value: what the kernels leave, and the words for what does not fit.

import { DroverError } from '../../../../shared/errors.ts';
import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { fieldLength, NULL_LENGTH } from '../../../pipeline/batch.ts';
import { type FieldEncoder, fieldEncoder } from './encode.ts';
import type { StatementBytes } from './statement-bytes.ts';

const NULL_TEXT = Buffer.from('NULL');

export class LiteralRows {
  readonly #table: string;
  readonly #columns: readonly TargetColumn[];
  readonly #encoders: readonly FieldEncoder[];

  constructor(table: string, columns: readonly TargetColumn[], variant: 'MySQL' | 'MariaDB') {
    this.#table = table;
    this.#columns = columns;
    this.#encoders = columns.map((column) => fieldEncoder(column, variant));
  }

  /** Writes the row at `start` with a comma behind it; returns where the next one begins in the batch. */
  write(bytes: Buffer, start: number, out: StatementBytes): number {
    let at = start;
    out.byte(0x28);
    for (let i = 0; i < this.#encoders.length; i++) {
      const size = fieldLength(bytes, at);
      at += 4;
      if (i > 0) out.byte(0x2c);
      if (size === NULL_LENGTH) {
        // A TIMESTAMP that may not be NULL would silently become the present moment.
        if (!this.#columns[i]!.nullable) throw this.#misfit(i, 'the column may not be NULL');
        out.copy(NULL_TEXT, 0, 4);
        continue;
      }
      const reason = this.#encoders[i]!(bytes, at, at + size, out);
      if (reason !== null) throw this.#misfit(i, reason);
      at += size;
    }
    out.byte(0x29);
    out.byte(0x2c);
    out.rows++;
    return at;
  }

  #misfit(column: number, reason: string): DroverError {
    const { name, native } = this.#columns[column]!;
    const table = this.#table;
    return new DroverError('load.rejected', `A value does not fit ${table}.${name} (${native}): ${reason}.`, {
      hint: 'Choose another type for this column in the project.',
      where: { side: 'target', table, column: name },
    });
  }
}
