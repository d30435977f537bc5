// Reads tables in batches, within the held snapshot where there is one.

import type { Access } from '../../../shared/model/connection.ts';
import type { RowBatch } from '../../pipeline/batch.ts';
import type { Reader, Scan } from '../reading.ts';
import { type Link, open } from './connection.ts';
import { telling } from './errors.ts';
import { kill } from './kill.ts';
import { profile } from './profiler.ts';
import { selectSql } from './select.ts';
import { joinSnapshot } from './snapshot.ts';
import { rowsWithin } from './timed.ts';
import { RowStream } from './wire/rows.ts';

/** With a token it reads within the snapshot. */
export async function openReader(
  access: Access,
  token: string | null,
  side: 'source' | 'target' = token === null ? 'target' : 'source',
): Promise<Reader> {
  let link = await openLink();

  async function openLink(): Promise<Link> {
    const opened = await open(access, side);
    if (token === null) return opened;
    try {
      await joinSnapshot(opened, token);
      return opened;
    } catch (error) {
      opened.destroy();
      throw error;
    }
  }

  return {
    async *read(scan: Scan, signal: AbortSignal): AsyncIterable<RowBatch> {
      signal.throwIfAborted();
      // A scan that was broken off cost the connection. A snapshot can't be joined again, so there the next scan fails.
      if (link.closed && token === null) link = await openLink();
      const used = link;
      const rows = new RowStream(
        used.raw,
        selectSql(scan, used.database, used.server.variant),
        scan.columns.map((column) => column.logical),
      );
      const stop = () => kill(used, access);
      signal.addEventListener('abort', stop, { once: true });
      try {
        const doing = {
          what: `Reading ${scan.table.name} failed`,
          code: 'load.failed',
          reads: true,
          where: { table: scan.table.name },
        } as const;
        for (;;) {
          const batch = await telling(doing, () => rows.next(), scan.filter);
          signal.throwIfAborted();
          if (!batch) return;
          yield batch;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        // Breaking off would cost the connection, and the snapshot with it.
        if (!rows.ended && scan.mayBreakOff && token !== null) await readOut(rows);
        signal.removeEventListener('abort', stop);
        if (!rows.ended) used.destroy();
      }
    },
    profile: (request) => profile(link, request),
    rowsWithin: (seconds, sql) => rowsWithin(link, seconds, sql),
    close: () => link.close(),
  };
}

async function readOut(rows: RowStream): Promise<void> {
  try {
    while (await rows.next());
  } catch {
    // What is not wanted any more may end as it likes.
  }
}
