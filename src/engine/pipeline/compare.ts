// Compares both sides of a table: digests first, witnesses of the databases themselves, and row by row where they differ.

import type { Difference, TableReport } from '../../shared/model/report.ts';
import { both, parallel } from '../support/parallel.ts';
import { addDigests, type Digest } from './digest.ts';
import type { Executor } from './executor.ts';
import type { Progress, Scanned, Side, SuspectRow, TableWork } from './order.ts';
import { sumChanges, sumRules } from './sums.ts';
import { askWitnesses } from './witnesses.ts';

const LISTED_DIFFERENCES = 100;
const SUSPECTS = 5000;

/** One of the sources of a table. */
export interface Compared {
  readonly work: TableWork;
  /** Columns that both sides compute, with the key; null where there are none. */
  readonly computed: TableWork | null;
  /** The source's digest where it is known from loading; null reads it now. */
  readonly source: Scanned | null;
}

export interface Comparison {
  readonly executor: Executor;
  /** All that feed the table. Their works lead to the same columns; the target's side is read by the first. */
  readonly feeds: readonly [Compared, ...Compared[]];
  readonly progress: (progress: Progress) => void;
}

/** Everything of a table's report but structure and times. */
export async function compareTable(comparison: Comparison): Promise<Omit<TableReport, 'structure' | 'seconds'>> {
  const { executor, feeds, progress } = comparison;
  const works = feeds.map(({ work }) => work);
  const computed = feeds.flatMap((feed) => feed.computed ?? []);
  const [{ work }] = feeds;
  const read = await parallel(feeds, feeds.length, async (feed) => {
    return feed.source ?? executor.run({ kind: 'digest', work: feed.work, side: 'source' }, { progress });
  });
  const source = addDigests(read);
  const refused = read.map((each) => each.refused);
  // Of a table that is larger than all others together a second worker has something to do as well.
  const [target, witnesses] = await both(
    executor.run({ kind: 'digest', work, side: 'target' }, { progress }),
    askWitnesses(executor, works, refused),
  );
  const sameRows = isSame(source, target);
  const sameComputed = computed.length === 0 || (await digestsAgree(executor, computed));
  const equal = sameRows && sameComputed && witnesses.every((witness) => witness.equal);

  const found = { differences: [] as Difference[], cut: false };
  if (!sameRows) await localise(executor, works, found);
  if (!sameComputed) await localise(executor, computed, found);

  return {
    source: work.source,
    target: work.target.name,
    sourceRows: source.rows,
    targetRows: target.rows,
    sourceDigest: source.sum,
    targetDigest: target.sum,
    equal,
    witnesses,
    differences: found.differences,
    differencesCut: found.cut,
    quarantined: refused.reduce((sum, rows) => sum + rows, 0),
    feeds:
      read.length > 1 ? read.map(({ rows }, i) => ({ source: works[i]!.source, rows, quarantined: refused[i]! })) : [],
    rules: sumRules(read.flatMap(({ rules }) => rules)),
    changes: sumChanges(read.flatMap(({ changes }) => changes)),
    bytes: target.bytes,
  };
}

function isSame(a: Digest, b: Digest): boolean {
  return a.rows === b.rows && a.sum === b.sum;
}

async function digestsAgree(executor: Executor, works: readonly TableWork[]): Promise<boolean> {
  const sources = await parallel(works, works.length, (work) => executor.run({ kind: 'digest', work, side: 'source' }));
  return isSame(addDigests(sources), await executor.run({ kind: 'digest', work: works[0]!, side: 'target' }));
}

/** Names the rows that differ: unequal buckets first, then the rows in them. */
async function localise(
  executor: Executor,
  works: readonly TableWork[],
  found: { differences: Difference[]; cut: boolean },
): Promise<void> {
  const [work] = works;
  const [ours, theirs] = await both(
    parallel(works, works.length, (each) => executor.run({ kind: 'buckets', work: each, side: 'source' })),
    executor.run({ kind: 'buckets', work: work!, side: 'target' }),
  );
  const unequal = theirs.flatMap((bucket, i) => (isSame(addDigests(ours.map((each) => each[i]!)), bucket) ? [] : [i]));
  const buckets = unequal.slice(0, LISTED_DIFFERENCES);
  const rowsOf = (each: TableWork, side: Side) =>
    executor.run({ kind: 'rows', work: each, side, buckets, limit: SUSPECTS });
  const [sources, target] = await both(
    parallel(works, works.length, (each) => rowsOf(each, 'source')),
    rowsOf(work!, 'target'),
  );
  const differences = compareRows(
    work!,
    sources.flatMap(({ rows }) => rows),
    target.rows,
  );
  const room = LISTED_DIFFERENCES - found.differences.length;
  found.differences.push(...differences.slice(0, room));
  found.cut ||= differences.length > room || unequal.length > buckets.length;
  found.cut ||= target.cut || sources.some(({ cut }) => cut);
}

/** Rows are matched by key; a key that several rows share is matched in the order of their values. */
export function compareRows(
  work: TableWork,
  source: readonly SuspectRow[],
  target: readonly SuspectRow[],
): Difference[] {
  const differences: Difference[] = [];
  const theirs = groupById(target);
  for (const [id, rows] of groupById(source)) {
    const others = theirs.get(id) ?? [];
    theirs.delete(id);
    const [left, right] = withoutEqual(rows, others);
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
      differences.push(...rowDifferences(work, left[i], right[i]));
    }
  }
  for (const rows of theirs.values()) differences.push(...rows.flatMap((row) => rowDifferences(work, undefined, row)));
  return differences;
}

function groupById(rows: readonly SuspectRow[]): Map<string, SuspectRow[]> {
  const groups = new Map<string, SuspectRow[]>();
  for (const row of rows) groups.set(row.id, [...(groups.get(row.id) ?? []), row]);
  return groups;
}

function withoutEqual(source: readonly SuspectRow[], target: readonly SuspectRow[]): [SuspectRow[], SuspectRow[]] {
  const right = [...target];
  const left = source.filter((row) => {
    const match = right.findIndex((other) => other.hashes.join() === row.hashes.join());
    if (match >= 0) right.splice(match, 1);
    return match < 0;
  });
  return [left, right];
}

function rowDifferences(work: TableWork, source: SuspectRow | undefined, target: SuspectRow | undefined): Difference[] {
  const row = source ?? target!;
  const key = work.match.length > 0 ? row.key : { 'row digest': row.id };
  const table = work.target.name;
  if (!target) return [{ table, kind: 'missing', key, column: null, source: row.values.join(' | '), target: null }];
  if (!source) return [{ table, kind: 'extra', key, column: null, source: null, target: row.values.join(' | ') }];
  return work.lanes.flatMap((lane, i): Difference[] =>
    source.hashes[i] === target.hashes[i]
      ? []
      : [{ table, kind: 'changed', key, column: lane.target, source: source.values[i]!, target: target.values[i]! }],
  );
}
