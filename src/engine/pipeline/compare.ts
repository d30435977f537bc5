// Compares both sides of a table: digests first, witnesses of the databases themselves, and row by row where they differ.

import type { Lane } from '../../shared/model/plan.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { Difference, TableReport, Witness } from '../../shared/model/report.ts';
import type { ProfileRequest } from '../dialects/dialect.ts';
import type { Executor } from './executor.ts';
import { canonicalNumber } from './json.ts';
import type { Progress, Scanned, Side, SuspectRow, TableWork } from './order.ts';
import { sourceName } from './scan.ts';

const LISTED_DIFFERENCES = 100;
const SUSPECTS = 5000;

export interface Comparison {
  readonly executor: Executor;
  readonly work: TableWork;
  /** Columns that both sides compute, with the key; null where there are none. */
  readonly computed: TableWork | null;
  /** The source's digest where it is known from loading; null reads it now. */
  readonly source: Scanned | null;
  readonly progress: (progress: Progress) => void;
}

/** Everything of a table's report but structure and times. */
export async function compareTable(comparison: Comparison): Promise<Omit<TableReport, 'structure' | 'seconds'>> {
  const { executor, work, computed, progress } = comparison;
  const source = comparison.source ?? (await executor.run({ kind: 'digest', work, side: 'source' }, { progress }));
  const target = await executor.run({ kind: 'digest', work, side: 'target' }, { progress });
  const sameRows = isSame(source, target);
  const sameComputed = computed === null || (await digestsAgree(executor, computed));
  const witnesses = await askWitnesses(executor, work, source.refused);
  const equal = sameRows && sameComputed && witnesses.every((witness) => witness.equal);

  const found = { differences: [] as Difference[], cut: false };
  if (!sameRows) await localise(executor, work, found);
  if (!sameComputed && computed) await localise(executor, computed, found);

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
    quarantined: source.refused,
    rules: [...source.rules],
    changes: [...source.changes],
    bytes: target.bytes,
  };
}

function isSame(a: Scanned, b: Scanned): boolean {
  return a.rows === b.rows && a.sum === b.sum;
}

async function digestsAgree(executor: Executor, work: TableWork): Promise<boolean> {
  const source = await executor.run({ kind: 'digest', work, side: 'source' });
  return isSame(source, await executor.run({ kind: 'digest', work, side: 'target' }));
}

/** Aggregates that share none of Drover's decoders: each database computes its own. */
async function askWitnesses(executor: Executor, work: TableWork, refused: number): Promise<Witness[]> {
  // The source counts rows that were left out, and can't be asked without them.
  const asked = work.lanes.map((lane) => ({ lane, ask: refused > 0 ? [] : questionsOf(lane) }));
  const [source, target] = await Promise.all([
    executor.run({ kind: 'profile', side: 'source', request: requestFor('source') }),
    executor.run({ kind: 'profile', side: 'target', request: requestFor('target') }),
  ]);
  return [
    witness('', 'count', without(source['']?.count, refused), target['']?.count),
    ...asked.flatMap(({ lane, ask }) =>
      ask.map((question) =>
        witness(lane.target, question, answer(source, lane.source, question), answer(target, lane.target, question)),
      ),
    ),
  ];

  function requestFor(side: Side): ProfileRequest {
    const questions = asked
      .filter(({ ask }) => ask.length > 0)
      .map(({ lane, ask }) =>
        side === 'source'
          ? { column: lane.source, logical: lane.sourceLogical, ask }
          : { column: lane.target, logical: lane.targetLogical, ask },
      );
    return {
      table: side === 'source' ? sourceName(work) : { name: work.target.name, staging: work.staging },
      filter: side === 'source' ? work.filter : (work.targetFilter ?? null),
      questions: [{ column: '', logical: { kind: 'boolean' }, ask: ['count'] }, ...questions],
    };
  }
}

function without(count: string | null | undefined, refused: number): string | null | undefined {
  return count == null || refused === 0 ? count : String(BigInt(count) - BigInt(refused));
}

function answer(answers: Record<string, Answers>, column: string, question: Question): string | null | undefined {
  return answers[column]?.[question];
}

/** Only what both databases must answer alike; a column that goes through steps, or whose misfits become NULL, can't be counted so. */
function questionsOf(lane: Lane): Question[] {
  if (lane.shape || lane.unrepresentable === 'null') return [];
  const integers = lane.sourceLogical.kind === 'integer' && lane.targetLogical.kind === 'integer';
  return integers ? ['nonNull', 'min', 'max', 'sum'] : ['nonNull'];
}

function witness(
  column: string,
  question: Question,
  source: string | null | undefined,
  target: string | null | undefined,
): Witness {
  const values = { source: source ?? null, target: target ?? null };
  return { column, question, ...values, equal: sameNumber(values.source, values.target) };
}

function sameNumber(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || canonicalNumber(a) === canonicalNumber(b);
}

/** Names the rows that differ: unequal buckets first, then the rows in them. */
async function localise(
  executor: Executor,
  work: TableWork,
  found: { differences: Difference[]; cut: boolean },
): Promise<void> {
  const [ours, theirs] = await Promise.all([
    executor.run({ kind: 'buckets', work, side: 'source' }),
    executor.run({ kind: 'buckets', work, side: 'target' }),
  ]);
  const unequal = ours.flatMap((bucket, i) =>
    bucket.rows === theirs[i]!.rows && bucket.sum === theirs[i]!.sum ? [] : [i],
  );
  const buckets = unequal.slice(0, LISTED_DIFFERENCES);
  const [source, target] = await Promise.all([
    executor.run({ kind: 'rows', work, side: 'source', buckets, limit: SUSPECTS }),
    executor.run({ kind: 'rows', work, side: 'target', buckets, limit: SUSPECTS }),
  ]);
  const differences = compareRows(work, source.rows, target.rows);
  const room = LISTED_DIFFERENCES - found.differences.length;
  found.differences.push(...differences.slice(0, room));
  found.cut ||= differences.length > room || unequal.length > buckets.length || source.cut || target.cut;
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
  const key = work.key.length > 0 ? row.key : { 'row digest': row.id };
  const table = work.target.name;
  if (!target) return [{ table, kind: 'missing', key, column: null, source: row.values.join(' | '), target: null }];
  if (!source) return [{ table, kind: 'extra', key, column: null, source: null, target: row.values.join(' | ') }];
  return work.lanes.flatMap((lane, i): Difference[] =>
    source.hashes[i] === target.hashes[i]
      ? []
      : [{ table, kind: 'changed', key, column: lane.target, source: source.values[i]!, target: target.values[i]! }],
  );
}
