// Carries one chunk from the source into the target's staging table, in one transaction of the target.

import { DroverError } from '../../shared/errors.ts';
import type { Reader } from '../dialects/reading.ts';
import type { Writer } from '../dialects/writing.ts';
import type { RowBatch } from './batch.ts';
import type { Scanned, WorkOrder } from './order.ts';
import type { Refusal } from './refusal.ts';
import { refusedRows } from './refused-rows.ts';
import { batchesOf, changesOf, digesterFor, type PassListener, planPass, rulesOf } from './scan.ts';
import { comesTurn } from './turns.ts';

export interface LoadListener extends PassListener {
  /** False once what is loaded would be thrown away. */
  readonly wanted: () => boolean;
}

/** Reads, converts, hashes and loads; commits with the digest of exactly the rows it sent. */
export async function loadChunk(
  order: Extract<WorkOrder, { kind: 'load' }>,
  reader: Reader,
  writer: Writer,
  tell: LoadListener,
  signal: AbortSignal,
): Promise<Scanned> {
  const { work } = order;
  const pass = planPass(work, 'source', order.range);
  const digester = digesterFor(work);
  const key = work.key.map((position) => work.lanes[position]!.source);
  const tellRefused = (batch: RowBatch, refusals: readonly Refusal[]) =>
    tell.refused(refusedRows(batch, pass.scan.columns, key, refusals));
  let rows = 0;
  let bytes = 0;
  const { turn } = order;
  const loader = await writer.begin({
    table: work.target,
    columns: work.lanes.map((lane) => lane.target),
    chunk: order.chunk,
    batchSize: order.batchSize,
    ...(turn && { turn: () => comesTurn(turn, signal) }),
  });
  try {
    for await (const batch of batchesOf(reader, pass, signal, tellRefused)) {
      signal.throwIfAborted();
      if (!tell.wanted()) throw new DroverError('run.cancelled', `Loading ${work.target.name} was given up.`);
      digester.add(batch);
      await loader.write(batch);
      rows += batch.rows;
      bytes += batch.length;
      tell.progress({ rows, bytes });
    }
    const { digest } = digester;
    await loader.commit({ rows, digest: digest.sum });
    return { ...digest, bytes, refused: pass.refused.rows, changes: changesOf(pass, digester), rules: rulesOf(pass) };
  } catch (error) {
    // The first error is the one to tell; a failing rollback only means that the connection is gone.
    await loader.rollback().catch(() => undefined);
    throw error;
  }
}
