// Reads rows by COPY into batches, inside the held snapshot when there is one.

import { DroverError } from '../../../shared/errors.ts';
import type { Access } from '../../../shared/model/connection.ts';
import type { ReadColumn } from '../../../shared/model/plan.ts';
import { BatchWriter, type RowBatch } from '../../pipeline/batch.ts';
import type { Reader, Scan } from '../reading.ts';
import { confine } from './confine.ts';
import { close, type Link, open } from './connection.ts';
import { blaming, type Doing, statementError, telling } from './errors.ts';
import { profile, scannable } from './profiler.ts';
import { CopyRows } from './reader/copy-rows.ts';
import { condition, literal, quote } from './syntax.ts';
import { rowsWithin } from './timed.ts';
import { cancelStatement } from './wire/cancel.ts';
import { CopyOut, type Taker } from './wire/copy-out.ts';

/** Reads what nobody wants any more. */
const NOBODY: Taker = { full: false, take: () => undefined, takeMessages: (_, start) => start };
/** How long a cancelled statement may take to end before its connection is given up. */
const CANCEL_PATIENCE_MS = 5000;

export async function openReader(access: Access, token: string | null): Promise<Reader> {
  const link = await open(access, 'source', 'reader');
  const { client, server } = link;
  if (token !== null) await joinSnapshot(link, token);
  return {
    read: (scan, signal) => read(link, scan, signal),
    profile: (request) => profile(client, server, request),
    rowsWithin: (seconds, sql) => rowsWithin(client, seconds, sql),
    close: () => close(client),
  };
}

async function joinSnapshot({ client }: Link, token: string): Promise<void> {
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET TRANSACTION SNAPSHOT ${literal(token)}`);
  } catch (error) {
    await close(client);
    throw statementError(error, {
      what: 'Joining the snapshot of the source failed',
      code: 'load.failed',
      hint: 'The connection that held the snapshot was probably lost; run again.',
      where: { side: 'source' },
    });
  }
}

async function* read(link: Link, scan: Scan, signal: AbortSignal): AsyncGenerator<RowBatch> {
  const { client } = link;
  const { name } = scan.table;
  const doing: Doing = { what: `Reading ${name} failed`, code: 'load.failed', reads: true, where: { table: name } };
  signal.throwIfAborted();
  const sql = await telling(doing, async () => copySql(scan, await scannable(client, scan.table)));
  const end = await telling(doing, () => confineScan(link, scan));
  const batch = new BatchWriter();
  const rows = new CopyRows(
    scan.columns.map(({ logical }) => logical),
    batch,
  );
  const copy = client.query(new CopyOut(sql));
  const wake = (): void => copy.wake();
  signal.addEventListener('abort', wake);
  let done = false;
  try {
    while (!done) {
      signal.throwIfAborted();
      if (copy.drain(rows)) {
        yield batch.batch;
        batch.clear();
      } else if (!copy.finished) {
        await copy.more();
      } else {
        done = true;
      }
    }
    if (!rows.complete) throw new DroverError('load.failed', `The last row of ${name} arrived incomplete.`);
    if (batch.rows > 0) yield batch.batch;
  } catch (error) {
    if (signal.aborted) throw error;
    throw statementError(error, blaming(scan.filter, error, doing));
  } finally {
    signal.removeEventListener('abort', wake);
    if (!done) await breakOff(link, copy);
    await end();
  }
}

/**
 * What holds SQL of the user's, and what reads within a snapshot: a scan that is broken off must not take the snapshot's
 * transaction with it.
 */
async function confineScan({ client }: Link, { filter, table }: Scan): Promise<() => Promise<void>> {
  const isPlain = filter === null && table.query === undefined;
  return isPlain && client.getTransactionStatus() === 'I' ? async () => undefined : confine(client);
}

/** Stops a copy half way and leaves the connection ready for the next. */
async function breakOff({ client, dialled }: Link, copy: CopyOut): Promise<void> {
  const impatience = setTimeout(() => void client.end(), CANCEL_PATIENCE_MS);
  try {
    if (!copy.finished) await cancelStatement(client, dialled);
    while (!copy.finished) {
      if (!copy.drain(NOBODY)) await copy.more();
    }
  } catch {
    // The cancelled statement ends with an error, which is what was asked for.
  } finally {
    clearTimeout(impatience);
  }
}

function copySql(scan: Scan, table: string): string {
  const columns = scan.columns.map(columnSql).join(', ');
  const conditions = [...(scan.filter === null ? [] : [condition(scan.filter, scan.table.name)]), ...rangeSql(scan)];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = scan.order?.length ? ` ORDER BY ${scan.order.map(quote).join(', ')}` : '';
  const limit = scan.glance ? ` LIMIT ${scan.glance.limit}` : '';
  return `COPY (SELECT ${columns} FROM ${table}${where}${order}${limit}) TO STDOUT`;
}

function rangeSql({ range }: Scan): string[] {
  if (range.kind === 'all') return [];
  const column = quote(range.column);
  return [
    ...(range.after === null ? [] : [`${column} > ${literal(range.after)}`]),
    ...(range.upto === null ? [] : [`${column} <= ${literal(range.upto)}`]),
  ];
}

/** Most types are already written as the field wants them. */
function columnSql({ name, native, logical }: ReadColumn): string {
  const column = quote(name);
  // The cast takes off the blanks that char(n) is padded with: they are not part of the value.
  if (logical.kind === 'text' && logical.fixed) return `${column}::text`;
  if (/^money$/i.test(native)) return `${column}::numeric`;
  // 17 digits are what a double needs; fewer would move points.
  if (logical.kind === 'geometry') return `ST_AsText(${column}, 17)`;
  return column;
}
