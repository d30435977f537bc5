// A run's staging namespace in the target, for tests of writers and publishers.

import type { Dialect } from '../../../src/engine/dialects/dialect.ts';
import type { Publisher } from '../../../src/engine/dialects/publishing.ts';
import type { RunIdentity } from '../../../src/engine/dialects/session.ts';
import type { Writer } from '../../../src/engine/dialects/writing.ts';
import type { TargetTable } from '../../../src/shared/model/plan.ts';
import type { TestDatabase } from '../../support/database.ts';
import { encodeRows, type Field } from '../batches.ts';
import { accessTo } from '../contestant.ts';

export interface Staged {
  readonly run: RunIdentity;
  readonly publisher: Publisher;
  /** Loads rows as one chunk and commits it. */
  load(table: TargetTable, chunk: number, rows: readonly (readonly Field[])[]): Promise<void>;
  writer(): Promise<Writer>;
  close(): Promise<void>;
}

/** Locks the target and builds the tables, bare, in the staging namespace of the run. */
export async function stage(
  dialect: Dialect,
  database: TestDatabase,
  run: RunIdentity,
  tables: readonly TargetTable[],
): Promise<Staged> {
  const access = accessTo(dialect, database);
  const publisher = await dialect.openPublisher(access, run);
  await publisher.lock();
  await publisher.createStaging();
  const { session } = publisher;
  for (const table of tables) await session.execute(dialect.ddl.create(table, session.server, run));
  const writers: Writer[] = [];
  const writer = async () => {
    const opened = await dialect.openWriter(access, run);
    writers.push(opened);
    return opened;
  };
  return {
    run,
    publisher,
    writer,
    async load(table, chunk, rows) {
      const opened = await dialect.openWriter(access, run);
      try {
        const loader = await opened.begin(orderOf(table, chunk));
        await loader.write(encodeRows(rows));
        await loader.commit({ rows: rows.length, digest: digestOf(chunk) });
      } finally {
        await opened.close();
      }
    },
    async close() {
      for (const opened of writers) await opened.close();
      await publisher.dropStaging();
      await publisher.dropBackups();
      await publisher.close();
    },
  };
}

export function orderOf(table: TargetTable, chunk: number) {
  const columns = table.columns.filter((column) => !column.generated).map((column) => column.name);
  return { table, columns, chunk, batchSize: null };
}

export function digestOf(chunk: number): string {
  return chunk.toString(16).padStart(32, '0');
}
