// Conformance: writing. Chunks are all or nothing, once, fenced, and every type arrives as the server's own client shows it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Publisher } from '../../../src/engine/dialects/publishing.ts';
import type { RunIdentity } from '../../../src/engine/dialects/session.ts';
import type { Writer } from '../../../src/engine/dialects/writing.ts';
import type { RunContext } from '../../../src/engine/run/job.ts';
import { createStaged } from '../../../src/engine/run/staged.ts';
import { DroverError } from '../../../src/shared/errors.ts';
import type { TablePlan, TargetTable } from '../../../src/shared/model/plan.ts';
import type { TestDatabase } from '../../support/database.ts';
import { encodeRows, type Field } from '../batches.ts';
import { accessTo, type Contestant, databaseWith, newRun } from '../contestant.ts';
import { clientExpression, clientText, fieldCases } from '../fixtures/fields.ts';
import { columnOf, NATIVE, tableOf } from '../tables.ts';
import { digestOf, orderOf, type Staged, stage } from './staged.ts';

export function writing({ server, family, dialect }: Contestant): void {
  const native = NATIVE[family];
  const column = (name: string, type: string, rest = {}) => columnOf(dialect.types, name, type, rest);
  const people = (name = 'people'): TargetTable =>
    tableOf(name, [column('id', native.id, { nullable: false }), column('name', native.name, { nullable: false })], {
      primaryKey: { name: `${name}_pkey`, columns: ['id'] },
    });
  const rows = (from: number, count: number): Field[][] =>
    Array.from({ length: count }, (_, index) => [String(from + index), `name ${from + index}`]);

  describe('writing', () => {
    let database: TestDatabase;
    let staged: Staged;
    beforeAll(async () => {
      database = await databaseWith({ server, family });
    });
    afterAll(() => database?.drop());

    const inStaging = async (work: (staged: Staged, table: TargetTable) => Promise<void>): Promise<void> => {
      const table = people();
      staged = await stage(dialect, database, newRun(), [table]);
      try {
        await work(staged, table);
      } finally {
        await staged.close();
      }
    };
    /** A run with a staged table goes to an heir of the next epoch, while a writer of the one before lives on. */
    const takenOver = async (
      work: (run: { heir: Publisher; identity: RunIdentity; zombie: Writer; table: TargetTable }) => Promise<void>,
    ): Promise<void> => {
      const table = people();
      staged = await stage(dialect, database, newRun(), [table]);
      const zombie = await dialect.openWriter(accessTo(dialect, database), staged.run);
      await staged.publisher.close();
      const identity = { ...staged.run, epoch: staged.run.epoch + 1 };
      const heir = await dialect.openPublisher(accessTo(dialect, database), identity);
      try {
        await heir.lock();
        await work({ heir, identity, zombie, table });
      } finally {
        await zombie.close();
        await heir.dropStaging();
        await heir.close();
      }
    };
    /** What a reader finds in staging, apart from the ledger. */
    const stagedRows = async (table: string): Promise<number> => {
      const reader = await dialect.openReader(accessTo(dialect, database), null);
      const columns = [{ name: 'id', native: native.id, logical: column('id', native.id).logical }];
      const scan = {
        table: { name: table, staging: staged.run },
        columns,
        filter: null,
        range: { kind: 'all' } as const,
      };
      let count = 0;
      for await (const batch of reader.read(scan, new AbortController().signal)) count += batch.rows;
      await reader.close();
      return count;
    };

    it('commits a chunk together with its ledger row', () =>
      inStaging(async ({ publisher, load }, table) => {
        await load(table, 0, rows(1, 10));
        await load(table, 1, rows(11, 2_000));
        const ledger = [...(await publisher.ledger())].sort((a, b) => a.chunk - b.chunk);
        expect(ledger).toEqual([
          { table: 'people', chunk: 0, rows: 10, digest: digestOf(0) },
          { table: 'people', chunk: 1, rows: 2_000, digest: digestOf(1) },
        ]);
        expect(await stagedRows('people')).toBe(2_010);
      }));

    it('commits an empty chunk', () =>
      inStaging(async ({ publisher, load }, table) => {
        await load(table, 0, []);
        expect(await publisher.ledger()).toMatchObject([{ chunk: 0, rows: 0 }]);
      }));

    it('rolls a chunk back without a trace', () =>
      inStaging(async ({ publisher, writer }, table) => {
        const loader = await (await writer()).begin(orderOf(table, 0));
        await loader.write(encodeRows(rows(1, 500)));
        await loader.rollback();
        expect(await publisher.ledger()).toEqual([]);
        expect(await stagedRows('people')).toBe(0);
      }));

    it('loads after a rollback, with the same writer', () =>
      inStaging(async ({ publisher, writer }, table) => {
        const own = await writer();
        const first = await own.begin(orderOf(table, 0));
        await first.write(encodeRows(rows(1, 5)));
        await first.rollback();
        const second = await own.begin(orderOf(table, 0));
        await second.write(encodeRows(rows(1, 5)));
        await second.commit({ rows: 5, digest: digestOf(0) });
        expect(await publisher.ledger()).toHaveLength(1);
        expect(await stagedRows('people')).toBe(5);
      }));

    it('takes no chunk twice', () =>
      inStaging(async ({ load }, table) => {
        await load(table, 0, rows(1, 5));
        await expect(load(table, 0, rows(100, 5))).rejects.toBeInstanceOf(DroverError);
        expect(await stagedRows('people')).toBe(5);
      }));

    it('fails when the target took another number of rows', () =>
      inStaging(async ({ publisher, writer }, table) => {
        const loader = await (await writer()).begin(orderOf(table, 0));
        await loader.write(encodeRows(rows(1, 5)));
        const commit = loader.commit({ rows: 6, digest: digestOf(0) });
        await expect(commit).rejects.toMatchObject({ data: { code: 'load.count' } });
        await loader.rollback().catch(() => {});
        expect(await publisher.ledger()).toEqual([]);
        expect(await stagedRows('people')).toBe(0);
      }));

    it.each([
      ['a NULL where none may be', [['1', null]] as Field[][]],
      ['a value that is too long', [['1', 'canary-value '.repeat(20)]] as Field[][]],
      [
        'a key that is there already',
        [
          ['1', 'a'],
          ['1', 'b'],
        ] as Field[][],
      ],
    ])('refuses %s, names no value, and leaves nothing', (what, bad) =>
      inStaging(async ({ publisher, writer }, table) => {
        // SQLite knows no lengths, and PostgreSQL's keys are built after the load.
        if (what.includes('too long') && family === 'sqlite') return;
        if (what.includes('already') && family === 'postgres') return;
        const loader = await (await writer()).begin(orderOf(table, 0));
        const attempt = async () => {
          await loader.write(encodeRows([...rows(10, 50), ...bad]));
          await loader.commit({ rows: 50 + bad.length, digest: digestOf(0) });
        };
        const error = await attempt().then(
          () => null,
          (reason: unknown) => reason,
        );
        await loader.rollback().catch(() => {});
        expect(error).toBeInstanceOf(DroverError);
        const { data } = error as DroverError;
        expect(data.code).toMatch(/^load\./);
        expect(data.where.table).toBe('people');
        expect(JSON.stringify(data)).not.toContain('canary-value');
        expect(await publisher.ledger()).toEqual([]);
        expect(await stagedRows('people')).toBe(0);
      }),
    );

    it('fences a writer of an older epoch', () =>
      takenOver(async ({ heir, zombie, table }) => {
        await heir.createStaging();
        const attempt = async () => {
          const loader = await zombie.begin(orderOf(table, 0));
          await loader.write(encodeRows(rows(1, 5)));
          await loader.commit({ rows: 5, digest: digestOf(0) });
        };
        await expect(attempt()).rejects.toBeInstanceOf(DroverError);
        expect(await heir.ledger()).toEqual([]);
      }));

    it('makes anew what the process before made after its run was taken over', () =>
      takenOver(async ({ heir, identity, table }) => {
        await heir.createStaging();
        // As the target stood when it was asked: nothing was staged yet.
        const job = { identity, standing: 'absent', target: { dialect }, plan: { target: heir.session.server } };
        const context = { job, made: { publisher: heir }, artifacts: { audit: { tell: () => undefined } } };
        await createStaged(context as unknown as RunContext, { target: table } as TablePlan);
        expect([await stagedRows('people'), await heir.ledger()]).toEqual([0, []]);
      }));

    it('gives the same rows whatever the batch size', () =>
      inStaging(async ({ writer }, table) => {
        const loader = await (await writer()).begin({ ...orderOf(table, 0), batchSize: 7 });
        await loader.write(encodeRows(rows(1, 100)));
        await loader.write(encodeRows(rows(101, 1)));
        await loader.commit({ rows: 101, digest: digestOf(0) });
        expect(await stagedRows('people')).toBe(101);
      }));

    it('puts every type there as the client shows it', async () => {
      const cases = fieldCases[family];
      const table = tableOf('kinds', [
        column('id', native.id, { nullable: false }),
        ...cases.map(({ type }, index) => column(`c${index}`, type.replace(/ (NULL|CHARACTER SET .*)$/, ''))),
      ]);
      const run = newRun();
      staged = await stage(dialect, database, run, [table]);
      try {
        await staged.load(table, 0, [
          ['1', ...cases.map(({ field }) => field)],
          ['2', ...cases.map(() => null)],
        ]);
        await staged.publisher.publish({ moves: [{ table: 'kinds', replaces: false }], merges: [], late: [] });
        const columns = cases.map((one, index) => clientExpression(family, one, `c${index}`)).join(', ');
        const [first, second] = await database.ask(`SELECT ${columns} FROM kinds ORDER BY id`);
        const seen = cases.map(({ type }, index) => [type, first?.[index]]);
        expect(seen).toEqual(cases.map((one) => [one.type, clientText(one)]));
        expect(second).toEqual(cases.map(() => null));
      } finally {
        await staged.close();
      }
    });
  });
}
