// Reads one side of a table in the target's form, so that rows of both sides can be compared byte by byte.

import type { ChunkRange } from '../../shared/model/plan.ts';
import type { Reader, Scan } from '../dialects/dialect.ts';
import { createSweeper } from '../support/memory.ts';
import { BatchWriter, type RowBatch } from './batch.ts';
import { type Converter, compileConverter } from './convert.ts';
import { Digester } from './digest.ts';
import type { Progress, Scanned, Side, TableWork } from './order.ts';

const sweep = createSweeper();
const ALL: ChunkRange = { kind: 'all' };

/** Everything a pass over a table needs: the scan, and the conversion of what it reads. */
export interface Pass {
  readonly scan: Scan;
  readonly converter: Converter | null;
}

export function planPass(work: TableWork, side: Side, range: ChunkRange = ALL): Pass {
  if (side === 'target') {
    const columns = work.lanes.map((lane) => {
      const column = work.target.columns.find((candidate) => candidate.name === lane.target);
      return { name: lane.target, native: column?.native ?? '', logical: lane.targetLogical };
    });
    return {
      scan: { table: { name: work.target.name, staging: work.staging }, columns, filter: null, range },
      converter: null,
    };
  }
  const columns = work.lanes.map((lane) => ({
    name: lane.source,
    native: lane.sourceNative,
    logical: lane.sourceLogical,
  }));
  return {
    scan: { table: { name: work.source, staging: null }, columns, filter: work.filter, range },
    converter: compileConverter(work.source, work.lanes, work.limits, new BatchWriter()),
  };
}

/** The batches of a pass, already in the target's form. */
export async function* batchesOf(reader: Reader, pass: Pass, signal: AbortSignal): AsyncIterable<RowBatch> {
  for await (const batch of reader.read(pass.scan, signal)) {
    sweep(batch.length);
    yield pass.converter ? pass.converter.convert(batch) : batch;
  }
}

export function digesterFor(work: TableWork): Digester {
  return new Digester(work.lanes.map((lane) => ({ name: lane.target, logical: lane.targetLogical })));
}

/** Reads and hashes one side of a table. */
export async function digestTable(
  reader: Reader,
  work: TableWork,
  side: Side,
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Scanned> {
  const pass = planPass(work, side);
  const digester = digesterFor(work);
  let rows = 0;
  let bytes = 0;
  for await (const batch of batchesOf(reader, pass, signal)) {
    digester.add(batch);
    rows += batch.rows;
    bytes += batch.length;
    progress({ rows, bytes });
  }
  return { ...digester.digest, bytes, changes: changesOf(pass, digester) };
}

/** What happened to values on the way, for the report. */
export function changesOf(pass: Pass, digester: Digester): Scanned['changes'] {
  const nulled = [...(pass.converter?.nulled ?? [])].map(([column, rows]) => ({
    what: `not representable in the target, stored as NULL in ${column}`,
    rows,
    changed: true,
  }));
  return [...nulled, ...[...digester.normalisations].map(([what, rows]) => ({ what, rows, changed: false }))];
}
