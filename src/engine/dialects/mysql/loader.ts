// Loads one chunk: encodes batches into INSERTs of about 1 MB; while the server takes one, the next is encoded.

import { DroverError } from '../../../shared/errors.ts';
import type { TargetColumn } from '../../../shared/model/plan.ts';
import { fieldLength, NULL_LENGTH, type RowBatch } from '../../pipeline/batch.ts';
import type { Encoded, EncodingKernel } from '../../pipeline/encoding-kernel.ts';
import type { RunIdentity } from '../session.ts';
import type { Loader, LoadOrder } from '../writing.ts';
import type { Link } from './connection.ts';
import { type FieldEncoder, fieldEncoder } from './encode.ts';
import { checkOutcome, sendLeniently, tellRejected } from './insert.ts';
import { insertRowsKernel } from './insert-rows-kernel.ts';
import { closeChunk } from './ledger.ts';
import { stagingDatabase } from './names.ts';
import { SqlBytes } from './sql-bytes.ts';
import { qualified, quote } from './syntax.ts';
import { sendStatement } from './wire/send.ts';

const STATEMENT_BYTES = 1024 * 1024;
/** Warnings of one statement are counted up to 65,535. */
const MAX_BLANKS = 20_000;
const NULL_TEXT = Buffer.from('NULL');

export class InsertLoader implements Loader {
  readonly #link: Link;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #columns: readonly TargetColumn[];
  readonly #encoders: readonly FieldEncoder[];
  readonly #kernel: EncodingKernel | null;
  /** Longest statement that the server takes. */
  readonly #limit: number;
  readonly #aim: number;
  readonly #maxRows: number;
  #filling: SqlBytes;
  #spare: SqlBytes;
  #sending: Promise<void> = Promise.resolve();
  #taken = 0;

  /** `plain`: without the kernel, which must come to the same. */
  constructor(link: Link, run: RunIdentity, order: LoadOrder, packet: number, plain = false) {
    this.#link = link;
    this.#run = run;
    this.#order = order;
    this.#columns = order.columns.map((name) => columnOf(order, name));
    const variant = link.server.variant === 'MariaDB' ? 'MariaDB' : 'MySQL';
    this.#encoders = this.#columns.map((column) => fieldEncoder(column, variant));
    this.#kernel = plain ? null : insertRowsKernel(this.#columns);
    this.#limit = packet - 64;
    this.#aim = Math.min(STATEMENT_BYTES, Math.floor(packet / 2));
    this.#maxRows = order.batchSize ?? Number.POSITIVE_INFINITY;
    const table = qualified(stagingDatabase(run), order.table.name);
    const head = `INSERT INTO ${table} (${order.columns.map(quote).join(', ')}) VALUES `;
    this.#filling = new SqlBytes(head, this.#aim);
    this.#spare = new SqlBytes(head, this.#aim);
  }

  async write(batch: RowBatch): Promise<void> {
    const byKernel = this.#kernel?.begin(batch) ?? false;
    let at = 0;
    for (let row = 0; row < batch.rows; ) {
      const encoded = byKernel ? this.#encode(at, batch.rows - row) : null;
      if (encoded && encoded.rows > 0) {
        at = encoded.next;
        row += encoded.rows;
      } else {
        const { length, blanks } = this.#filling;
        at = this.#row(batch.bytes, at);
        row++;
        if (this.#filling.length > this.#limit) await this.#splitBefore(length, blanks);
      }
      const { length, rows, blanks } = this.#filling;
      if (length >= this.#aim || rows >= this.#maxRows || blanks >= MAX_BLANKS) await this.#flush();
    }
  }

  async commit(result: { readonly rows: number; readonly digest: string }): Promise<void> {
    if (this.#filling.rows > 0) await this.#flush();
    await this.#sending;
    if (this.#taken !== result.rows) {
      throw new DroverError(
        'load.count',
        `The target took ${this.#taken} rows of ${this.#order.table.name}, but ${result.rows} were sent.`,
        { where: { side: 'target', table: this.#order.table.name } },
      );
    }
    await closeChunk(this.#link, this.#run, this.#order.table.name, this.#order.chunk, result);
  }

  async rollback(): Promise<void> {
    await this.#sending.catch(() => undefined);
    await this.#link.query('ROLLBACK');
  }

  #encode(at: number, most: number): Encoded {
    const out = this.#filling;
    const { length, rows } = out;
    const encoded = this.#kernel!.encode(
      at,
      Math.min(most, this.#maxRows - rows),
      this.#aim - length,
      this.#limit - length,
    );
    out.wholeRows(encoded.bytes, encoded.start, encoded.end, encoded.rows);
    return encoded;
  }

  #row(bytes: Buffer, start: number): number {
    const out = this.#filling;
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

  /** The last row made the statement too long: it goes into the next one. */
  async #splitBefore(rowStart: number, blanksBefore: number): Promise<void> {
    const full = this.#filling;
    if (full.length - rowStart + full.headLength > this.#limit) throw this.#tooLong();
    if (full.rows === 1) return this.#flush();
    await this.#sending;
    this.#spare.copy(full.bytes, rowStart, full.length);
    this.#spare.rows = 1;
    this.#spare.blanks = full.blanks - blanksBefore;
    full.length = rowStart;
    full.rows--;
    full.blanks = blanksBefore;
    return this.#flush();
  }

  /** Waits for the statement before, so that at most one is under way. */
  async #flush(): Promise<void> {
    await this.#sending;
    const full = this.#filling;
    this.#filling = this.#spare;
    this.#spare = full;
    this.#sending = this.#send(full);
    // Whoever awaits it next hears of a failure; until then it must not count as unhandled.
    this.#sending.catch(() => undefined);
  }

  async #send(full: SqlBytes): Promise<void> {
    const link = this.#link;
    const table = this.#order.table.name;
    try {
      const outcome =
        full.blanks > 0
          ? await sendLeniently(link, full.statement, full.blanks, table)
          : await sendStatement(link.raw, full.statement);
      await checkOutcome(link, outcome, { table, rows: full.rows, warnings: full.blanks });
    } catch (error) {
      throw tellRejected(error, table);
    }
    this.#taken += full.rows;
    full.clear();
  }

  #misfit(column: number, reason: string): DroverError {
    const { name, native } = this.#columns[column]!;
    const table = this.#order.table.name;
    return new DroverError('load.rejected', `A value does not fit ${table}.${name} (${native}): ${reason}.`, {
      hint: 'Choose another type for this column in the project.',
      where: { side: 'target', table, column: name },
    });
  }

  #tooLong(): DroverError {
    const table = this.#order.table.name;
    return new DroverError('load.rejected', `A row of ${table} is longer than the server takes at once.`, {
      hint: 'Raise max_allowed_packet on the target server; at most 1 GB is possible.',
      where: { side: 'target', table },
    });
  }
}

function columnOf(order: LoadOrder, name: string): TargetColumn {
  const column = order.table.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`no column ${name} in ${order.table.name}`);
  return column;
}
