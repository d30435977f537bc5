// Reads one side of a table in the target's form, so that rows of both sides can be compared byte by byte.

import type { ChunkRange, Lane, ReadColumn } from '../../shared/model/plan.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import type { Reader, Scan } from '../dialects/reading.ts';
import type { TableName } from '../dialects/session.ts';
import { createSweeper } from '../support/memory.ts';
import { BatchWriter, type RowBatch } from './batch.ts';
import { chainContext } from './chain-context.ts';
import { type Converter, compileConverter } from './convert.ts';
import { Digester } from './digest.ts';
import { guardsOf } from './fits.ts';
import type { Progress, Scanned, Side, TableWork, WorkOrder } from './order.ts';
import type { Refusal, Refuse } from './refusal.ts';
import { refusedRows } from './refused-rows.ts';
import { compileShaper, type Shaper } from './shape.ts';
import { compileSieve, type Sieve } from './sieve.ts';

const sweep = createSweeper();
const ALL: ChunkRange = { kind: 'all' };

/** Everything a pass over a table needs: the scan, and what becomes of the rows that it reads. */
export interface Pass {
  readonly scan: Scan;
  readonly shaper: Shaper | null;
  readonly converter: Converter | null;
  readonly sieve: Sieve | null;
  /** Rows left out. */
  readonly refused: PassRefusals;
}

/** Told while a pass goes on. */
export interface PassListener {
  readonly progress: (progress: Progress) => void;
  readonly refused: (rows: readonly RefusedRow[]) => void;
}

interface PassRefusals {
  rows: number;
  /** Of the batch at hand. */
  readonly shaping: Refusal[];
  readonly converting: Refusal[];
  readonly sifting: Refusal[];
}

export function planPass(work: TableWork, side: Side, range: ChunkRange = ALL): Pass {
  if (side === 'target') {
    const columns = work.lanes.map((lane) => {
      const column = work.target.columns.find((candidate) => candidate.name === lane.target);
      return { name: lane.target, native: column?.native ?? '', logical: lane.targetLogical };
    });
    return {
      scan: {
        table: { name: work.target.name, staging: work.staging },
        columns,
        filter: work.targetFilter ?? null,
        range,
      },
      shaper: null,
      converter: null,
      sieve: null,
      refused: nothingRefused(),
    };
  }
  const { source, lanes, besides, shaping, limits } = work;
  const refused = nothingRefused();
  const into =
    (list: Refusal[]): Refuse =>
    (refusal) =>
      void list.push(refusal);
  // Where nobody keeps rows aside, the first one that can't be moved ends the pass.
  const { quarantine } = work;
  const refuse = quarantine ? into(refused.shaping) : null;
  const aside = quarantine
    ? { refuse: into(refused.converting), guards: guardsOf(lanes, work.target, quarantine) }
    : null;
  const shaper = compileShaper(source, lanes, besides, shaping, new BatchWriter(), refuse);
  return {
    scan: {
      table: sourceName(work),
      columns: [...lanes.map(columnOf), ...(shaper ? besides : [])],
      filter: work.filter,
      range,
      ...(work.mayBeLeftOut ? { mayBreakOff: true } : {}),
      ...(needsOrder(work) ? { order: work.key.map((position) => lanes[position]!.source) } : {}),
    },
    shaper,
    converter: compileConverter(source, lanes.map(shapedLane), limits, new BatchWriter(), aside),
    sieve: compileSieve(source, lanes, work.rules, chainContext(shaping), new BatchWriter(), into(refused.sifting)),
    refused,
  };
}

/** What the source's side of the work reads. */
export function sourceName({ source, query }: TableWork): TableName {
  return { name: source, staging: null, ...(query === undefined ? {} : { query }) };
}

function nothingRefused(): PassRefusals {
  return { rows: 0, shaping: [], converting: [], sifting: [] };
}

/** Which of two equal rows moves must not depend on the moment. */
function needsOrder({ rules }: TableWork): boolean {
  return rules.some(({ rule }) => rule.rule === 'unique');
}

function columnOf({ source, sourceNative, sourceLogical }: Lane): ReadColumn {
  return { name: source, native: sourceNative, logical: sourceLogical };
}

/** The lane as its converter sees it: what it gets are values that went through the steps. */
export function shapedLane(lane: Lane): Lane {
  return lane.shape ? { ...lane, sourceLogical: lane.shape.gives } : lane;
}

/** The batches of a pass, already in the target's form. `refused` is told of the rows that a batch left out. */
export async function* batchesOf(
  reader: Reader,
  pass: Pass,
  signal: AbortSignal,
  refused?: (batch: RowBatch, refusals: readonly Refusal[]) => void,
): AsyncIterable<RowBatch> {
  for await (const batch of reader.read(pass.scan, signal)) {
    sweep(batch.length);
    const shaped = pass.shaper ? pass.shaper.shape(batch) : batch;
    const converted = pass.converter ? pass.converter.convert(shaped) : shaped;
    const sifted = pass.sieve ? pass.sieve.sift(converted) : converted;
    const left = takeRefusals(pass);
    if (left.length > 0) refused?.(batch, left);
    yield sifted;
  }
}

/** Those of one batch, each with its place in the batch as it was read. */
function takeRefusals({ shaper, converter, refused }: Pass): Refusal[] {
  const { shaping, converting, sifting } = refused;
  if (shaping.length + converting.length + sifting.length === 0) return [];
  const late = [
    ...converting,
    ...sifting.map((each) => ({ ...each, row: converter ? converter.places[each.row]! : each.row })),
  ];
  shaper?.forget(late.map(({ row }) => row));
  const all = [...shaping, ...late.map((each) => ({ ...each, row: shaper ? shaper.places[each.row]! : each.row }))];
  for (const list of [shaping, converting, sifting]) list.length = 0;
  refused.rows += all.length;
  return all;
}

export function digesterFor(work: TableWork): Digester {
  return new Digester(work.lanes.map((lane) => ({ name: lane.target, logical: lane.targetLogical })));
}

/** Reads and hashes one side of a table, or a range of it; the rows that this leaves out are told. */
export async function digestTable(
  reader: Reader,
  { work, side, range }: Extract<WorkOrder, { kind: 'digest' }>,
  tell: PassListener,
  signal: AbortSignal,
): Promise<Scanned> {
  const pass = planPass(work, side, range);
  const key = work.key.map((position) => work.lanes[position]!.source);
  const tellRefused = (batch: RowBatch, refusals: readonly Refusal[]) =>
    tell.refused(refusedRows(batch, pass.scan.columns, key, refusals));
  const digester = digesterFor(work);
  let rows = 0;
  let bytes = 0;
  for await (const batch of batchesOf(reader, pass, signal, tellRefused)) {
    digester.add(batch);
    rows += batch.rows;
    bytes += batch.length;
    tell.progress({ rows, bytes });
  }
  return {
    ...digester.digest,
    bytes,
    refused: pass.refused.rows,
    changes: changesOf(pass, digester),
    rules: rulesOf(pass),
  };
}

/** How the rules came out. */
export function rulesOf({ sieve }: Pass): Scanned['rules'] {
  return sieve?.results ?? [];
}

/** What happened to values on the way, for the report. */
export function changesOf(pass: Pass, digester: Digester): Scanned['changes'] {
  const shaped = pass.shaper?.changes ?? [];
  const nulled = [...(pass.converter?.nulled ?? [])].map(([column, rows]) => ({
    what: `not representable in the target, stored as NULL in ${column}`,
    rows,
    changed: true,
  }));
  return [
    ...shaped,
    ...nulled,
    ...[...digester.normalisations].map(([what, rows]) => ({ what, rows, changed: false })),
  ];
}
