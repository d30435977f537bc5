// Loads that take turns: prepared side by side, they write one after the other, in the order in which they began.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { makeControl, readLedger } from '../../src/engine/dialects/sqlite/ledger.ts';
import { stagedPrefix } from '../../src/engine/dialects/sqlite/names.ts';
import { openWriter } from '../../src/engine/dialects/sqlite/writer.ts';
import type { Writer } from '../../src/engine/dialects/writing.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { comesTurn, type Turn, Turns } from '../../src/engine/pipeline/turns.ts';
import type { TargetTable } from '../../src/shared/model/plan.ts';

const never = new AbortController().signal;

describe('turns', () => {
  test('come in the order in which loads began, however long each prepares', async () => {
    const turns = new Turns();
    const order: string[] = [];
    await Promise.all(
      [30, 1, 15, 0].map((preparing, i) =>
        turns.during(async (turn) => {
          await sleep(preparing);
          await comesTurn(turn, never);
          order.push(`begins ${i}`);
          await sleep(2);
          order.push(`ends ${i}`);
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3].flatMap((i) => [`begins ${i}`, `ends ${i}`]));
  });

  test('of loads that fail before theirs are passed over', async () => {
    const turns = new Turns();
    const first = turns.during((turn) => sleep(20).then(() => comesTurn(turn, never)));
    const failing = turns.during(() => Promise.reject(new Error('no row fits')));
    const last = turns.during((turn) => comesTurn(turn, never));
    await expect(failing).rejects.toThrow('no row fits');
    await Promise.all([first, last]);
  });

  test('are waited for no longer once the run is cancelled', async () => {
    const turns = new Turns();
    const controller = new AbortController();
    let end = (): void => undefined;
    const first = turns.during(() => new Promise<void>((resolve) => (end = resolve)));
    const second = turns.during((turn) => comesTurn(turn, controller.signal));
    controller.abort(new Error('cancelled'));
    await expect(second).rejects.toThrow('cancelled');
    end();
    await first;
  });
});

describe('two writers of one SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-turns-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('rows that were ready first come into the table behind those of the chunk before', async () => {
    const { path, writers, close } = targetWith('order', 2);
    const turns = new Turns();
    const [slow, quick] = writers;
    await Promise.all([
      turns.during(async (turn) => {
        const loader = await slow!.begin(orderOf(0, null, turn));
        await sleep(50);
        await loader.write(rowsFrom(0));
        await loader.commit({ rows: ROWS, digest: 'a' });
      }),
      turns.during(async (turn) => {
        const loader = await quick!.begin(orderOf(1, null, turn));
        await loader.write(rowsFrom(ROWS));
        await loader.commit({ rows: ROWS, digest: 'b' });
      }),
    ]);
    await close();
    expect(inOrder(path)).toEqual({ rows: 2 * ROWS, least: 0, last: 2 * ROWS - 1, misplaced: 0 });
  });

  test('one that opens the file while the other holds it waits for its turn', async () => {
    const { path, writers, close } = targetWith('held', 2);
    const turns = new Turns();
    const [first, second] = writers;
    let holds = (): void => undefined;
    const held = new Promise<void>((resolve) => (holds = resolve));
    await Promise.all([
      turns.during(async (turn) => {
        // Its rows are bound: the transaction is open from the first one on, and more than SQLite keeps in memory.
        const loader = await first!.begin(orderOf(0, 10, turn));
        await loader.write(rowsFrom(0));
        holds();
        await sleep(600);
        await loader.commit({ rows: ROWS, digest: 'a' });
      }),
      turns.during(async (turn) => {
        await held;
        const other = new Database(path, { timeout: 0 });
        expect(() => other.prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow('locked');
        other.close();
        const loader = await second!.begin(orderOf(1, null, turn));
        await loader.write(rowsFrom(ROWS));
        await loader.commit({ rows: ROWS, digest: 'b' });
      }),
    ]);
    await close();
    expect(inOrder(path)).toEqual({ rows: 2 * ROWS, least: 0, last: 2 * ROWS - 1, misplaced: 0 });
  });

  const RUN = { id: 'turns0000000', epoch: 1 };
  const ROWS = 60_000;
  const TABLE = {
    name: 't',
    columns: [
      { name: 'n', native: 'INTEGER', logical: { kind: 'integer', bits: 64, unsigned: false }, nullable: true },
      { name: 'x', native: 'TEXT', logical: { kind: 'text', length: null, fixed: false }, nullable: true },
    ],
    primaryKey: null,
  } as unknown as TargetTable;

  function targetWith(name: string, count: number) {
    const path = join(folder, `${name}.db`);
    const db = new Database(path);
    makeControl(db, RUN, true);
    db.exec(`CREATE TABLE "${stagedPrefix(RUN)}t" (n INTEGER, x TEXT)`);
    db.close();
    const writers: Writer[] = Array.from({ length: count }, () => openWriter(path, RUN));
    return { path, writers, close: () => Promise.all(writers.map((writer) => writer.close())) };
  }

  function orderOf(chunk: number, batchSize: number | null, turn: Turn) {
    return { table: TABLE, columns: ['n', 'x'], chunk, batchSize, turn: () => comesTurn(turn, never) };
  }

  function rowsFrom(first: number): BatchWriter {
    const batch = new BatchWriter();
    for (; batch.rows < ROWS; batch.rows++) {
      batch.text(String(first + batch.rows));
      batch.text('x'.repeat(100));
    }
    return batch;
  }

  /** Rows whose number is not that of their place, and that both chunks are in the ledger. */
  function inOrder(path: string): unknown {
    const db = new Database(path);
    expect(readLedger(db, RUN).map(({ chunk, rows }) => ({ chunk, rows }))).toEqual([
      { chunk: 0, rows: ROWS },
      { chunk: 1, rows: ROWS },
    ]);
    const answer = db
      .prepare(
        `SELECT count(*) AS rows, min(n) AS least, max(n) AS last, total(n <> rowid - 1) AS misplaced FROM "${stagedPrefix(RUN)}t"`,
      )
      .get();
    db.close();
    return answer;
  }
});
