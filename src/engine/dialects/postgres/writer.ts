// Loads chunks into the staging schema by COPY, each in one transaction that begins with its ledger row.

import type pg from 'pg';
import { DroverError } from '../../../shared/errors.ts';
import type { Access } from '../../../shared/model/connection.ts';
import type { RowBatch } from '../../pipeline/batch.ts';
import type { EncodingKernel } from '../../pipeline/encoding-kernel.ts';
import type { RunIdentity } from '../session.ts';
import type { Loader, LoadOrder, Writer } from '../writing.ts';
import { close, open } from './connection.ts';
import { causeOf, type Doing, isLost, type ServerError, sqlState, statementError } from './errors.ts';
import { commitChunk, openChunk } from './ledger.ts';
import { tableReference } from './namespace.ts';
import { quote } from './syntax.ts';
import { CopyIn, FRAME } from './wire/copy-in.ts';
import { CopyBinary, copyBinaryKernel, standingColumns, standingSql } from './writer/copy-binary.ts';
import { FIRST } from './writer/copy-buffer.ts';
import { CopyText, NulCharacter } from './writer/copy-text.ts';

/** A buffer goes out when it holds this much. */
const SEND_BYTES = 128 * 1024;
const BUFFER_BYTES = 160 * 1024;
const GIANT_BYTES = 8 * BUFFER_BYTES;
/** A buffer begins with so much and grows: most tables are small. */
const FIRST_BYTES = 8 * 1024;
/** One is filled while the others are on their way. */
const BUFFERS = 3;

export async function openWriter(access: Access, run: RunIdentity): Promise<Writer> {
  const { client } = await open(access, 'target', run.id);
  return {
    begin: (order) => begin(client, run, order),
    close: () => close(client),
  };
}

async function begin(client: pg.Client, run: RunIdentity, order: LoadOrder): Promise<Loader> {
  const { table, columns, chunk } = order;
  const reference = tableReference({ name: table.name, staging: run });
  const sent = columns.map((name) => table.columns.find((column) => column.name === name)!);
  try {
    const { rows } = await openChunk(client, run, table.name, chunk, standingSql(reference));
    const kernel = copyBinaryKernel(sent, standingColumns(rows));
    const loader = new CopyLoader(
      client,
      run,
      order,
      `COPY ${reference} (${columns.map(quote).join(', ')}) FROM STDIN`,
    );
    await (kernel ? loader.copyBinary(kernel) : loader.copyText());
    return loader;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw statementError(error, failing(order));
  }
}

class CopyLoader implements Loader {
  readonly #client: pg.Client;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #sql: string;
  #copy!: CopyIn;
  #rows!: CopyBinary | CopyText;
  readonly #free: Buffer[] = [];
  #buffers = 0;
  #sending: Promise<Buffer>[] = [];
  #copying = false;
  /** Rows of copies that are over. */
  #taken = 0;

  constructor(client: pg.Client, run: RunIdentity, order: LoadOrder, sql: string) {
    this.#client = client;
    this.#run = run;
    this.#order = order;
    this.#sql = sql;
  }

  async copyBinary(kernel: EncodingKernel): Promise<void> {
    await this.#start(`${this.#sql} (FORMAT binary)`);
    this.#rows = new CopyBinary(kernel, FRAME, await this.#nextBuffer());
  }

  async copyText(): Promise<void> {
    const { columns, table } = this.#order;
    const logicals = columns.map((name) => table.columns.find((column) => column.name === name)!.logical);
    await this.#start(this.#sql);
    this.#rows = new CopyText(logicals, FRAME, await this.#nextBuffer());
  }

  async write(batch: RowBatch): Promise<void> {
    try {
      for (let place = FIRST; place.row < batch.rows; ) {
        place = this.#rows.rows(batch, place, SEND_BYTES);
        if (this.#rows.length >= SEND_BYTES) await this.#send();
        else if (place.row < batch.rows) await this.#goOnAsText();
      }
      if (this.#copy.error) throw this.#copy.error;
    } catch (error) {
      throw this.#told(error);
    }
  }

  async commit({ rows, digest }: { readonly rows: number; readonly digest: string }): Promise<void> {
    const { table, chunk } = this.#order;
    try {
      await this.#finish();
      if (this.#taken !== rows) throw miscounted(table.name, rows, this.#taken);
      await commitChunk(this.#client, this.#run, { table: table.name, chunk, rows, digest });
    } catch (error) {
      throw this.#told(error);
    }
  }

  async rollback(): Promise<void> {
    if (this.#copying) {
      this.#copying = false;
      await this.#copy.abandon();
    }
    await this.#client.query('ROLLBACK');
  }

  async #start(sql: string): Promise<void> {
    this.#copy = new CopyIn(sql);
    this.#client.query(this.#copy);
    await this.#copy.started();
    this.#copying = true;
  }

  /** A value that the binary format can't tell, such as infinity: what is left of the chunk goes as text. */
  async #goOnAsText(): Promise<void> {
    await this.#finish();
    this.#free.push(this.#rows.bytes);
    await this.copyText();
  }

  async #finish(): Promise<void> {
    if (this.#rows instanceof CopyBinary) this.#rows.end();
    if (!this.#rows.empty) await this.#send();
    this.#free.push(...(await Promise.all(this.#sending)));
    this.#sending = [];
    this.#taken += await this.#copy.finish();
    this.#copying = false;
  }

  /** Hands the full buffer to the socket and goes on with a free one, waiting for it where none is. */
  async #send(): Promise<void> {
    const { bytes, length } = this.#rows;
    const sent = this.#copy.send(bytes, length).then(() => bytes);
    // A failure is met when the buffer is taken back.
    sent.catch(() => undefined);
    this.#sending.push(sent);
    // Of giant rows there is one on its way at a time.
    if (length > GIANT_BYTES) await sent;
    this.#rows.reset(await this.#nextBuffer());
  }

  async #nextBuffer(): Promise<Buffer> {
    const free = this.#free.pop();
    if (!free && this.#buffers < BUFFERS) {
      this.#buffers++;
      return Buffer.allocUnsafeSlow(FIRST_BYTES);
    }
    const next = free ?? (await this.#sending.shift()!);
    // What has grown for one long row is not kept.
    return next.length > 2 * BUFFER_BYTES ? Buffer.allocUnsafeSlow(BUFFER_BYTES) : next;
  }

  #told(error: unknown): DroverError {
    if (error instanceof DroverError) return error;
    const { table, columns } = this.#order;
    if (error instanceof NulCharacter) {
      const column = columns[error.column]!;
      return new DroverError(
        'load.rejected',
        `A text of ${table.name}.${column} holds the character U+0000, which PostgreSQL can't store.`,
        {
          hint: 'Choose bytea for this column, or remove the character in the source.',
          where: { side: 'target', table: table.name, column },
        },
      );
    }
    const refusal = (this.#copy.error ?? error) as ServerError;
    const state = sqlState(refusal);
    if (isLost(refusal) || state === null || !/^(22|23)/.test(state)) {
      return statementError(refusal, failing(this.#order));
    }
    return rejected(refusal, this.#order);
  }
}

function failing({ table }: LoadOrder): Doing {
  return { what: `Loading ${table.name} failed`, code: 'load.failed', where: { side: 'target', table: table.name } };
}

function rejected(refusal: ServerError, { table, columns }: LoadOrder): DroverError {
  const column = rejectedColumn(refusal, table.name, columns);
  const place = column === null ? table.name : `${table.name}.${column}`;
  return new DroverError('load.rejected', `PostgreSQL refused a value of ${place}.`, {
    cause: causeOf(refusal),
    hint: 'Choose another type for this column, or correct the value in the source.',
    where: { side: 'target', table: table.name, ...(column === null ? {} : { column }) },
  });
}

/**
 * The column that COPY's context names: `COPY orders, line 3, column total: "…"`. The name may hold anything, and a
 * value follows it: so the longest known name that fits is taken.
 */
export function rejectedColumn(
  refusal: Pick<ServerError, 'column' | 'where'>,
  table: string,
  columns: readonly string[],
): string | null {
  if (refusal.column) return refusal.column;
  const where = refusal.where ?? '';
  const start = `COPY ${table}, line `;
  if (!where.startsWith(start)) return null;
  const rest = where.slice(start.length).replace(/^\d+, column /, '');
  const fitting = columns.filter((name) => rest.startsWith(`${name}:`) || rest.split('\n')[0] === name);
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

function miscounted(table: string, sent: number, taken: number): DroverError {
  return new DroverError('load.count', `PostgreSQL took ${taken} rows of ${table}, but ${sent} were sent.`, {
    hint: 'Look for a trigger or rule on the staging table; the chunk was rolled back.',
    where: { side: 'target', table },
  });
}
