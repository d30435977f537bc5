// Reads tables in batches: groups of rows at a time where the values allow it, row by row where they do not.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { ErrorCode } from '../../../shared/errors.ts';
import { BatchWriter, type RowBatch } from '../../pipeline/batch.ts';
import type { Reader, Scan } from '../reading.ts';
import { openToRead } from './connection.ts';
import { rowsWithin } from './deadline.ts';
import { asSqliteError, guarded } from './errors.ts';
import { GroupLane, groupable } from './group-lane.ts';
import { profileTable } from './profiler.ts';
import { RowLane } from './row-lane.ts';
import { planScan } from './scan.ts';

/** When groups are refused that often, and more often than not, looking at each row at once is quicker. */
const PATIENCE = 8;

/** Sources are read through their snapshot; the target has none. */
export function openReader(
  path: string,
  token: string | null,
  side: 'source' | 'target' = token === null ? 'target' : 'source',
): Reader {
  const db = openToRead(token ?? path, side, token !== null);
  return {
    async *read(scan, signal) {
      try {
        for (const batch of batches(db, scan)) {
          yield batch;
          // The reading blocks the thread: between batches others get their turn, and word of an abort arrives.
          await setImmediate();
          signal.throwIfAborted();
        }
      } catch (thrown) {
        throw asSqliteError(thrown, { path, side, table: scan.table.name, otherwise: misread(scan) });
      }
    },

    lying(scan) {
      if (token === null || scan.filter !== null || scan.table.query !== undefined) return null;
      const { rowid, rowids } = planScan(db, scan);
      if (rowid === null || rowids === null) return null;
      const bound = (number: bigint | null) => (number === null ? null : String(number));
      const [after, upto] = [bound(rowids.after), bound(rowids.upto)];
      return { family: 'sqlite', path: token, table: scan.table.name, rowid, after, upto, columns: scan.columns };
    },

    async profile(request) {
      const context = { path, side, table: request.table.name, otherwise: misread(request) };
      return guarded(context, () => profileTable(db, request));
    },

    async rowsWithin(seconds, sql) {
      return guarded({ path, side, otherwise: 'inspect.failed' }, () => rowsWithin(db, seconds, sql));
    },

    async close() {
      db.close();
    },
  };
}

function* batches(db: Database, scan: Scan): Generator<RowBatch> {
  const plan = planScan(db, scan);
  const out = new BatchWriter();
  const rows = new RowLane(db, plan);
  if (scan.glance || !groupable(db, plan)) {
    yield* emptied(out, rows.read(plan.rowids ?? { after: null, upto: null }, out));
    if (out.rows > 0) yield out.batch;
    return;
  }
  const groups = new GroupLane(db, plan);
  let taken = 0;
  let refused = 0;
  for (let group = groups.read(out); group; group = groups.read(out)) {
    if (group.taken) taken++;
    else {
      refused++;
      yield* emptied(out, rows.read(group.range, out));
    }
    if (out.full) yield* emptied(out, [undefined]);
    if (refused > PATIENCE && refused > taken) {
      yield* emptied(out, rows.read(groups.rest, out));
      break;
    }
  }
  if (out.rows > 0) yield out.batch;
}

/** Hands the batch on each time the lane stops because it is full. */
function* emptied(out: BatchWriter, stops: Iterable<void>): Generator<RowBatch> {
  for (const _ of stops) {
    yield out.batch;
    out.clear();
  }
}

function misread({ filter }: { readonly filter: string | null }): ErrorCode {
  return filter === null ? 'inspect.failed' : 'plan.bad-filter';
}
