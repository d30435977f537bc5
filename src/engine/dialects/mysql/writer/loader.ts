// Loads one chunk by INSERTs of about half a MB: MariaDB's bulk INSERT where there is one, else one with literals.

import { DroverError } from '../../../../shared/errors.ts';
import type { TargetColumn } from '../../../../shared/model/plan.ts';
import type { RowBatch } from '../../../pipeline/batch.ts';
import type { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import type { RunIdentity } from '../../session.ts';
import type { Loader, LoadOrder } from '../../writing.ts';
import type { Link } from '../connection.ts';
import { closeChunk } from '../ledger.ts';
import { stagingDatabase } from '../names.ts';
import { qualified, quote } from '../syntax.ts';
import { sqlHead } from '../wire/command.ts';
import { sendStatement } from '../wire/send.ts';
import type { BulkInsert } from './bulk.ts';
import { checkOutcome, sendLeniently, tellRejected } from './insert.ts';
import { insertRowsKernel } from './insert-rows-kernel.ts';
import { LiteralRows } from './literal-rows.ts';
import { Outbox } from './outbox.ts';
import type { StatementBytes } from './statement-bytes.ts';

const STATEMENT_BYTES = 512 * 1024;
/** Warnings of one statement are counted up to 65,535. */
const MAX_BLANKS = 20_000;

export interface LoadMeans {
  /** The longest packet that the server takes. */
  readonly packet: number;
  readonly bulk: BulkInsert | null;
  /** Without kernels, which must come to the same. */
  readonly plain?: boolean;
}

export class InsertLoader implements Loader {
  readonly #link: Link;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #rows: LiteralRows;
  readonly #kernel: EncodingKernel | null;
  /** Rows with literals: where there is no bulk INSERT, all of them. */
  readonly #literals: Outbox;
  /** What the kernel writes. */
  readonly #main: Outbox;
  readonly #limit: number;
  readonly #aim: number;
  readonly #maxRows: number;

  constructor(link: Link, run: RunIdentity, order: LoadOrder, { packet, bulk, plain = false }: LoadMeans) {
    this.#link = link;
    this.#run = run;
    this.#order = order;
    this.#limit = packet - 64;
    this.#aim = Math.min(STATEMENT_BYTES, Math.floor(packet / 2));
    this.#maxRows = order.batchSize ?? Number.POSITIVE_INFINITY;
    const columns = columnsOf(order);
    this.#rows = new LiteralRows(order.table.name, columns, link.server.variant === 'MariaDB' ? 'MariaDB' : 'MySQL');
    this.#kernel = plain ? null : (bulk?.kernel ?? insertRowsKernel(columns));
    const send = (full: StatementBytes) => this.#send(full);
    const head = `INSERT INTO ${stagedName(run, order)} (${order.columns.map(quote).join(', ')}) VALUES `;
    this.#literals = new Outbox(sqlHead(head), ','.length, this.#aim, send);
    this.#main = bulk ? new Outbox(bulk.head, 0, this.#aim, send) : this.#literals;
  }

  async write(batch: RowBatch): Promise<void> {
    const kernel = this.#kernel?.begin(batch) ? this.#kernel : null;
    let at = 0;
    for (let row = 0; row < batch.rows; ) {
      const encoded = kernel && this.#encode(kernel, at, batch.rows - row);
      if (encoded && encoded.rows > 0) {
        at = encoded.next;
        row += encoded.rows;
        await this.#flushFull(this.#main);
      } else {
        at = await this.#literal(batch.bytes, at);
        row++;
        await this.#flushFull(this.#literals);
      }
    }
  }

  async commit(result: { readonly rows: number; readonly digest: string }): Promise<void> {
    await this.#main.empty();
    await this.#literals.empty();
    const taken = this.#literals.taken + (this.#main === this.#literals ? 0 : this.#main.taken);
    if (taken !== result.rows) {
      throw new DroverError(
        'load.count',
        `The target took ${taken} rows of ${this.#order.table.name}, but ${result.rows} were sent.`,
        { where: { side: 'target', table: this.#order.table.name } },
      );
    }
    await closeChunk(this.#link, this.#run, this.#order.table.name, this.#order.chunk, result);
  }

  async rollback(): Promise<void> {
    await this.#main.settled();
    await this.#literals.settled();
    await this.#link.query('ROLLBACK');
  }

  #encode(kernel: EncodingKernel, at: number, most: number) {
    const out = this.#main.filling;
    const { length, rows } = out;
    const encoded = kernel.encode(at, Math.min(most, this.#maxRows - rows), this.#aim - length, this.#limit - length);
    out.wholeRows(encoded.bytes, encoded.start, encoded.end, encoded.rows);
    return encoded;
  }

  async #literal(bytes: Buffer, at: number): Promise<number> {
    const out = this.#literals.filling;
    const { length, blanks } = out;
    const next = this.#rows.write(bytes, at, out);
    if (out.length > this.#limit) {
      if (out.length - length + out.headLength > this.#limit) throw this.#tooLong();
      await this.#literals.splitBefore(length, out.blanks - blanks);
    }
    return next;
  }

  async #flushFull(outbox: Outbox): Promise<void> {
    const { length, rows, blanks } = outbox.filling;
    if (length >= this.#aim || rows >= this.#maxRows || blanks >= MAX_BLANKS) await outbox.flush();
  }

  async #send({ statement, rows, blanks }: StatementBytes): Promise<void> {
    const link = this.#link;
    const table = this.#order.table.name;
    try {
      const outcome =
        blanks > 0 ? await sendLeniently(link, statement, blanks, table) : await sendStatement(link.raw, statement);
      await checkOutcome(link, outcome, { table, rows, warnings: blanks });
    } catch (error) {
      throw tellRejected(error, table);
    }
  }

  #tooLong(): DroverError {
    const table = this.#order.table.name;
    return new DroverError('load.rejected', `A row of ${table} is longer than the server takes at once.`, {
      hint: 'Raise max_allowed_packet on the target server; at most 1 GB is possible.',
      where: { side: 'target', table },
    });
  }
}

/** The staged table of the order, as SQL names it. */
export function stagedName(run: RunIdentity, { table }: LoadOrder): string {
  return qualified(stagingDatabase(run), table.name);
}

/** In the order of the batch's fields. */
export function columnsOf({ table, columns }: LoadOrder): TargetColumn[] {
  return columns.map((name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw new Error(`no column ${name} in ${table.name}`);
    return column;
  });
}
