// The sure way to read rows: one by one, with every value looked at. Takes any table and any storage class.

import { isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../../shared/errors.ts';
import type { ReadColumn } from '../../../../shared/model/plan.ts';
import type { BatchWriter } from '../../../pipeline/batch.ts';
import type { Misfit } from '../../reading.ts';
import { SAMPLE_CHARACTERS } from '../../sampling.ts';
import type { RowidRange, ScanPlan } from '../scan.ts';
import { quote } from '../syntax.ts';
import { type FieldWriter, fieldWriter, type Stored, storageOf } from './fields.ts';

export class RowLane {
  readonly #db: Database;
  readonly #plan: ScanPlan;
  readonly #fields: readonly FieldWriter[];
  readonly #utf8: boolean;
  /** Columns whose texts were found to be UTF-8 throughout, so that U+FFFD in them is what was stored. */
  readonly #sound = new Set<string>();
  #rows = 0;

  constructor(db: Database, plan: ScanPlan) {
    this.#db = db;
    this.#plan = plan;
    this.#fields = plan.scan.columns.map((column) => fieldWriter(column.logical));
    this.#utf8 = db.pragma('encoding', { simple: true }) === 'UTF-8';
  }

  /** Writes row after row; stops for the caller to hand the batch on whenever it is full. */
  *read(range: RowidRange, out: BatchWriter): Generator<void> {
    const { scan, rowid } = this.#plan;
    const { columns } = scan;
    const { sql, parameters } = this.#query(range);
    const statement = this.#db.prepare(sql).raw().safeIntegers();
    for (const row of statement.iterate(...parameters) as Iterable<(Stored | null)[]>) {
      for (let i = 0; i < columns.length; i++) {
        const value = row[i]!;
        if (value === null) out.null();
        else {
          const at = rowid ? row[columns.length]! : null;
          const fault = this.#write(i, value, at, out);
          if (fault) this.#tell(fault, i, value, out);
        }
      }
      out.rows++;
      this.#rows++;
      if (out.full) yield;
    }
  }

  /** Why the value can't be read as its column's type; null when it was written. */
  #write(i: number, value: Stored, row: Stored | null, out: BatchWriter): DroverError | null {
    const column = this.#plan.scan.columns[i]!;
    if (typeof value === 'string' && value.includes('\ufffd')) {
      const broken = this.#plan.scan.glance ? this.#isBroken(column, row) : this.#holdsBroken(column);
      if (broken) return this.#brokenText(column);
    }
    return this.#fields[i]!(value, out) ? null : this.#misfit(column, value, row);
  }

  #tell(fault: DroverError, column: number, value: Stored, out: BatchWriter): void {
    const { glance } = this.#plan.scan;
    if (!glance) throw fault;
    out.null();
    const { stored, text } = shown(value);
    glance.misfit({ row: this.#rows, column, stored, text, reason: fault.message });
  }

  #query({ after, upto }: RowidRange): { sql: string; parameters: bigint[] } {
    const { scan, from, rowid, conditions, parameters } = this.#plan;
    const selected = scan.columns.map(({ name, logical }) => {
      const column = quote(name);
      return logical.kind === 'binary' ? `iif(typeof(${column}) = 'text', CAST(${column} AS BLOB), ${column})` : column;
    });
    if (rowid) selected.push(rowid);
    const where = [...conditions];
    const values = [...parameters];
    if (after !== null) {
      where.push(`${rowid} > ?`);
      values.push(after);
    }
    if (upto !== null) {
      where.push(`${rowid} <= ?`);
      values.push(upto);
    }
    const wished = scan.order?.length ? ` ORDER BY ${scan.order.map(quote).join(', ')}` : '';
    const order = wished || (rowid && this.#plan.rowids ? ` ORDER BY ${rowid}` : '');
    const filter = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
    const limit = scan.glance ? ` LIMIT ${scan.glance.limit}` : '';
    return { sql: `SELECT ${selected.join(', ')} FROM ${from}${filter}${order}${limit}`, parameters: values };
  }

  #misfit(column: ReadColumn, value: Stored, row: Stored | null): DroverError {
    const { table } = this.#plan.scan;
    return new DroverError(
      'convert.not-representable',
      `${table.name}.${column.name} holds ${storageOf(value)} that does not fit its type${column.native === '' ? '' : ` ${column.native}`}${row === null ? '' : `, in the row with rowid ${String(row)}`}.`,
      {
        hint: 'Correct the value in the source, or choose text as the type of this column in the project.',
        where: { table: table.name, column: column.name },
      },
    );
  }

  /** The driver puts U+FFFD where bytes are no UTF-8: whether it did is asked of the database, once a column. */
  #holdsBroken(column: ReadColumn): boolean {
    if (!this.#utf8 || this.#sound.has(column.name)) return false;
    const c = quote(column.name);
    const suspects = this.#db
      .prepare(`SELECT CAST(${c} AS BLOB) FROM ${this.#plan.from} WHERE typeof(${c}) = 'text' AND (${c} GLOB ?)`)
      .pluck();
    // SQLite itself reads broken bytes as U+FFFD, so it finds the same texts.
    for (const bytes of suspects.iterate('*\ufffd*') as Iterable<Buffer>) if (!isUtf8(bytes)) return true;
    this.#sound.add(column.name);
    return false;
  }

  /** The same of one row alone: a glance must not look through the table. */
  #isBroken({ name }: ReadColumn, row: Stored | null): boolean {
    const { from, rowid } = this.#plan;
    if (!this.#utf8 || rowid === null) return false;
    const bytes = this.#db.prepare(`SELECT CAST(${quote(name)} AS BLOB) FROM ${from} WHERE ${rowid} = ?`).pluck();
    return !isUtf8(bytes.get(row) as Buffer);
  }

  #brokenText({ name }: ReadColumn): DroverError {
    const { table } = this.#plan.scan;
    return new DroverError('convert.not-representable', `A text in ${table.name}.${name} is not UTF-8.`, {
      hint: 'Correct the text in the source; the question notUtf8 of the plan counts such rows.',
      where: { table: table.name, column: name },
    });
  }
}

function shown(value: Stored): Pick<Misfit, 'stored' | 'text'> {
  if (Buffer.isBuffer(value)) {
    return { stored: 'blob', text: `0x${value.toString('hex', 0, SAMPLE_CHARACTERS / 2)}` };
  }
  const stored = typeof value === 'bigint' ? 'integer' : typeof value === 'number' ? 'real' : 'text';
  return { stored, text: String(value).slice(0, SAMPLE_CHARACTERS) };
}
