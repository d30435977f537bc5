// The quarantine of a run, read back page by page from its folder.

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type QuarantinedRow,
  type QuarantinePage,
  type QuarantineQuery,
  quarantinedRow,
} from '../../../shared/model/quarantine.ts';
import { inOrder, type Value } from '../../../shared/ordering.ts';
import { quarantineValues } from '../../../shared/report-values.ts';
import { QUARANTINE } from '../artifacts.ts';
import { findPlaces, MARK_EVERY, type Stretch, stampOf } from './places.ts';

/** The run that took a row in after all, by table and place among the rows of that table. */
export type Resolved = ReadonlyMap<string, ReadonlyMap<number, string>>;

export type ReadQuarantine = (runFolder: string, query: QuarantineQuery, resolved: Resolved) => Promise<QuarantinePage>;

type Sort = QuarantineQuery['sort'];

/** Places of all rows, in the order that was asked for last. */
interface Ordered {
  readonly question: string;
  readonly places: Promise<readonly number[]>;
}

interface Known {
  readonly stamp: string;
  readonly stretches: Promise<readonly Stretch[]>;
  ordered: Ordered | null;
}

const KEPT = 2;

/** Remembers of the last few runs where their rows lie; of a sorted quarantine one number for each row. */
export function createQuarantineReader(): ReadQuarantine {
  const known = new Map<string, Known>();

  async function knownOf(folder: string): Promise<Known> {
    const stamp = await stampOf(folder);
    const before = known.get(folder);
    if (before?.stamp === stamp) return before;
    const now: Known = { stamp, stretches: findPlaces(folder), ordered: null };
    known.delete(folder);
    known.set(folder, now);
    if (known.size > KEPT) known.delete(known.keys().next().value!);
    return now;
  }

  return async (runFolder, { table, sort, offset, limit }, resolved) => {
    const entry = await knownOf(join(runFolder, QUARANTINE));
    const all = await entry.stretches;
    const stretches = table === null ? all : all.filter((each) => each.table === table);
    const total = stretches.reduce((sum, { rows }) => sum + rows, 0);
    const page = { total, tables: tablesOf(all, resolved) };
    if (sort.length === 0) return { ...page, rows: await readRows(stretches, offset, limit, resolved) };
    const question = JSON.stringify([table, sort]);
    if (entry.ordered?.question !== question)
      entry.ordered = { question, places: inSortedOrder(stretches, total, sort) };
    const rows: QuarantinedRow[] = [];
    for (const place of (await entry.ordered.places).slice(offset, offset + limit)) {
      rows.push(...(await readRows(stretches, place, 1, resolved)));
    }
    return { ...page, rows };
  };
}

function tablesOf(stretches: readonly Stretch[], resolved: Resolved): QuarantinePage['tables'] {
  const counts = new Map<string, number>();
  for (const { table, rows } of stretches) counts.set(table, (counts.get(table) ?? 0) + rows);
  return [...counts].map(([table, rows]) => ({ table, rows, resolved: resolved.get(table)?.size ?? 0 }));
}

/** Reads all rows, a thousand at a time, and keeps of each only what it is sorted by. */
async function inSortedOrder(stretches: readonly Stretch[], total: number, sort: Sort): Promise<readonly number[]> {
  const keyed: { readonly place: number; readonly values: readonly Value[] }[] = [];
  for (let from = 0; from < total; from += 1000) {
    const rows = await readRows(stretches, from, 1000, NOTHING);
    for (const [i, row] of rows.entries()) {
      keyed.push({ place: from + i, values: sort.map(({ by }) => quarantineValues[by](row)) });
    }
  }
  const order = sort.map(({ descending }, i) => ({ by: String(i), descending }));
  return inOrder(keyed, order, ({ values }, by) => values[Number(by)]!).map(({ place }) => place);
}

const NOTHING: Resolved = new Map();

async function readRows(
  stretches: readonly Stretch[],
  offset: number,
  limit: number,
  resolved: Resolved,
): Promise<QuarantinedRow[]> {
  const rows: QuarantinedRow[] = [];
  const ofTable = new Map<string, number>();
  let before = 0;
  for (const stretch of stretches) {
    const from = Math.max(0, offset - before);
    const to = Math.min(stretch.rows, offset + limit - before);
    const { table } = stretch;
    const line = ofTable.get(table) ?? 0;
    ofTable.set(table, line + stretch.rows);
    const by = resolved.get(table);
    if (from < to) {
      const found = await readStretch(stretch, from, to);
      rows.push(...found.map((row, i) => ({ ...row, resolvedBy: by?.get(line + from + i) ?? null })));
    }
    before += stretch.rows;
    if (before >= offset + limit) break;
  }
  return rows;
}

/** Its rows from `from` up to `to`, which is not among them. */
async function readStretch({ file, marks, end }: Stretch, from: number, to: number): Promise<QuarantinedRow[]> {
  const mark = Math.floor(from / MARK_EVERY);
  const begin = marks[mark]!;
  const bytes = Buffer.allocUnsafe((marks[Math.ceil(to / MARK_EVERY)] ?? end) - begin);
  const handle = await open(file);
  try {
    await handle.read(bytes, 0, bytes.length, begin);
  } finally {
    await handle.close();
  }
  const lines = bytes.toString('utf8').split('\n');
  const first = from - mark * MARK_EVERY;
  return lines.slice(first, first + to - from).flatMap(rowIn);
}

/** One that an older Drover tore is left out rather than the page. */
function rowIn(line: string): QuarantinedRow[] {
  try {
    return [quarantinedRow.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
