// Reads tables in batches: by the pages of the file, else by groups of rows, and row by row where values demand it.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DroverError, type ErrorCode } from '../../../shared/errors.ts';
import { BatchWriter, type RowBatch } from '../../pipeline/batch.ts';
import type { Reader, Scan } from '../reading.ts';
import { openToRead } from './connection.ts';
import { rowsWithin } from './deadline.ts';
import { asSqliteError, guarded } from './errors.ts';
import { copyOf, liveFile, type PageFile } from './pages/page-file.ts';
import { PageLane, type Sample } from './pages/page-lane.ts';
import { profileTable } from './profiler.ts';
import { GroupLane, groupable } from './reader/group-lane.ts';
import { RowLane } from './reader/row-lane.ts';
import { LEAST_ROWID, planScan, type RowidRange } from './scan.ts';

/** When groups are refused that often, and more often than not, looking at each row at once is quicker. */
const PATIENCE = 8;
/** So many rows may have to be read one by one among pages, and a few of a hundred. */
const PATIENCE_OF_PAGES = 200;

/** Sources are read through their snapshot; the target has none. */
export function openReader(
  path: string,
  token: string | null,
  side: 'source' | 'target' = token === null ? 'target' : 'source',
): Reader {
  const db = openToRead(token ?? path, side, token !== null);
  let opened: Promise<PageFile | null> | null = null;
  const pages = (): Promise<PageFile | null> => {
    opened ??= token === null ? liveFile(db, path) : Promise.resolve(copyOf(token));
    return opened;
  };
  return {
    async *read(scan, signal) {
      try {
        for (const batch of batches(db, scan, scan.glance ? null : await pages())) {
          yield batch;
          // The reading blocks the thread: between batches others get their turn, and word of an abort arrives.
          await setImmediate();
          signal.throwIfAborted();
        }
      } catch (thrown) {
        throw asSqliteError(thrown, { path, side, table: scan.table.name, otherwise: misread(scan) });
      }
    },

    async profile(request) {
      const context = { path, side, table: request.table.name, otherwise: misread(request) };
      // Without pages SQLite looks; what is wrong with the file it tells better.
      const file = await pages().catch(() => null);
      return guarded(context, () => profileTable(db, request, file));
    },

    async rowsWithin(seconds, sql) {
      return guarded({ path, side, otherwise: 'inspect.failed' }, () => rowsWithin(db, seconds, sql));
    },

    async close() {
      db.close();
      (await opened)?.close();
    },
  };
}

function* batches(db: Database, scan: Scan, file: PageFile | null): Generator<RowBatch> {
  const plan = planScan(db, scan);
  const out = new BatchWriter();
  const rows = new RowLane(db, plan);
  const pages = file && PageLane.open(db, file, plan);
  let range = plan.rowids ?? { after: null, upto: null };
  if (pages) {
    const rest = yield* byPages(pages, rows, out);
    if (rest) range = rest;
    else return yield* lastOf(out);
  }
  if (scan.glance || !groupable(db, plan)) yield* emptied(out, rows.read(range, out));
  else yield* byGroups(new GroupLane(db, plan, range), rows, out);
  yield* lastOf(out);
}

/** Returns what it could not read; null at the end. */
function* byPages(pages: PageLane, rows: RowLane, out: BatchWriter): Generator<RowBatch, RowidRange | null> {
  let refused = 0;
  let taken = 0;
  for (;;) {
    const before = out.rows;
    const read = pages.read(out);
    if (read === 'end') return null;
    if (read === 'strange') return pages.rest;
    taken += out.rows - before;
    if (pages.sample && !isSame(pages.sample, rows, out)) {
      if (!pages.isUnchanged) return pages.rest;
      throw readInTwoWays(pages.sample);
    }
    if (typeof read === 'object') {
      const { misfit } = read;
      yield* emptied(out, rows.read(only(misfit), out));
      if (++refused > PATIENCE_OF_PAGES && refused * PATIENCE > taken) return pages.rest;
    }
    if (out.full) yield* emptied(out, [undefined]);
  }
}

/** Of each run of pages one row is asked of SQLite as well: what no test has foreseen must not pass unseen. */
function isSame({ rowid, start }: Sample, rows: RowLane, out: BatchWriter): boolean {
  const same = new BatchWriter(0);
  for (const _ of rows.read(only(rowid), same)) break;
  return same.bytes.compare(out.bytes, start, out.length, 0, same.length) === 0;
}

function readInTwoWays({ rowid }: Sample): DroverError {
  return new DroverError('support.internal', `The row with rowid ${rowid} was read in two ways, which differ.`, {
    hint: 'Please report it with the table’s definition; its pages hold what Drover does not understand.',
  });
}

function only(rowid: bigint): RowidRange {
  return { after: rowid > LEAST_ROWID ? rowid - 1n : null, upto: rowid };
}

function* byGroups(groups: GroupLane, rows: RowLane, out: BatchWriter): Generator<RowBatch> {
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
}

function* lastOf(out: BatchWriter): Generator<RowBatch> {
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
