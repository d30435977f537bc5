// MariaDB's bulk INSERT: a prepared INSERT of one row, executed for the rows of a whole packet. The server parses nothing,
// and is as strict as with any INSERT.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import type { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import type { Link } from '../connection.ts';
import { isLost, type ServerError } from '../errors.ts';
import { quote } from '../syntax.ts';
import { bulkRows } from './bulk-rows-kernel.ts';

const COM_STMT_BULK_EXECUTE = 0xfa;
const SEND_TYPES = 0x80;

export interface BulkInsert {
  readonly kernel: EncodingKernel;
  /** The command and what stands in front of the rows. */
  readonly head: Buffer;
}

/** The one prepared statement of a connection: chunks of a table follow each other. */
export class BulkInserts {
  readonly #link: Link;
  #prepared: { readonly sql: string; readonly id: number } | null = null;
  #refused = false;

  private constructor(link: Link) {
    this.#link = link;
  }

  /** Null where the server takes none. */
  static async of(link: Link): Promise<BulkInserts | null> {
    if (!link.takesBulk) return null;
    // Such a log holds statements, and this one would say nothing without its rows: the server refuses it (4033).
    const [row] = await link.query('SELECT @@binlog_format AS format');
    return row?.format === 'STATEMENT' ? null : new BulkInserts(link);
  }

  /** Null where a column is not for it, or the server prepares nothing. `table`: as SQL names it. */
  async into(table: string, columns: readonly TargetColumn[]): Promise<BulkInsert | null> {
    const rows = this.#refused ? null : bulkRows(columns);
    if (!rows) return null;
    const names = columns.map(({ name }) => quote(name)).join(', ');
    const sql = `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
    try {
      return { kernel: rows.kernel, head: headOf(await this.#prepare(sql), rows.types) };
    } catch (error) {
      // Others may have used up what a server keeps prepared (1461), and a proxy may know of none: literals will do.
      if (isLost(error as ServerError)) throw error;
      this.#refused = true;
      return null;
    }
  }

  async #prepare(sql: string): Promise<number> {
    if (this.#prepared?.sql !== sql) {
      if (this.#prepared) this.#link.unprepare(this.#prepared.sql);
      this.#prepared = null;
      this.#prepared = { sql, id: await this.#link.prepare(sql) };
    }
    return this.#prepared.id;
  }
}

function headOf(statement: number, types: readonly number[]): Buffer {
  const head = Buffer.alloc(7 + 2 * types.length);
  head[0] = COM_STMT_BULK_EXECUTE;
  head.writeUInt32LE(statement, 1);
  head.writeUInt16LE(SEND_TYPES, 5);
  types.forEach((type, i) => {
    head.writeUInt16LE(type, 7 + 2 * i);
  });
  return head;
}
