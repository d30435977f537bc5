// Conformance: reading. Every type arrives in the form that batch.ts lays down; scans keep to filter and range.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Reader, Scan, SnapshotHold } from '../../../src/engine/dialects/reading.ts';
import type { TestDatabase } from '../../support/database.ts';
import { decodeRows, show } from '../batches.ts';
import { accessTo, type Contestant, catalogOf, databaseWith } from '../contestant.ts';
import { fieldCases } from '../fixtures/fields.ts';

export function reading({ server, family, dialect }: Contestant): void {
  const cases = fieldCases[family];

  describe('reading', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await databaseWith({ server, family });
      const columns = cases.map(({ type }, index) => `c${index} ${type}`).join(', ');
      await database.run(`CREATE TABLE fields (id integer PRIMARY KEY, ${columns})`);
      await database.run(`INSERT INTO fields VALUES (1, ${cases.map(({ sql }) => sql).join(', ')})`);
      await database.run('INSERT INTO fields (id) VALUES (2)');
      await database.run('CREATE TABLE numbers (id integer PRIMARY KEY, text varchar(20))');
      const rows = Array.from({ length: 5_000 }, (_, index) => `(${index + 1}, 'row ${index + 1}')`);
      await database.run(`INSERT INTO numbers VALUES ${rows.join(', ')}`);
    });
    afterAll(() => database?.drop());

    const scanOf = async (table: string, rest: Partial<Scan> = {}): Promise<Scan> => {
      const catalog = await catalogOf(dialect, database);
      const found = catalog.tables.find((one) => one.name === table);
      const columns = (found?.columns ?? []).map(({ name, native, logical }) => ({ name, native, logical }));
      return { table: { name: table, staging: null }, columns, filter: null, range: { kind: 'all' }, ...rest };
    };
    const rowsOf = async (scan: Scan, reader?: Reader): Promise<(Buffer | null)[][]> => {
      const own = reader ?? (await dialect.openReader(accessTo(dialect, database), null));
      const rows: (Buffer | null)[][] = [];
      for await (const batch of own.read(scan, new AbortController().signal)) {
        rows.push(...decodeRows(batch, scan.columns.length));
      }
      if (!reader) await own.close();
      return rows;
    };

    it('gives every field in its one form', async () => {
      const rows = await rowsOf(await scanOf('fields'));
      const first = rows.find((row) => row[0]?.toString() === '1') ?? [];
      const seen = cases.map(({ type, field }, index) => [type, show(first[index + 1] ?? null, field)]);
      const expected = cases.map(({ type, field }) => [type, Buffer.isBuffer(field) ? field.toString('hex') : field]);
      expect(seen).toEqual(expected);
    });

    it('tells NULL from everything else', async () => {
      const rows = await rowsOf(await scanOf('fields'));
      const second = rows.find((row) => row[0]?.toString() === '2') ?? [];
      expect(second.slice(1)).toEqual(cases.map(() => null));
    });

    it('keeps to a filter, in the words of the source', async () => {
      const rows = await rowsOf(await scanOf('numbers', { filter: "id < 10 AND text <> 'row 3' OR id = 77" }));
      expect(rows).toHaveLength(9);
    });

    it('tiles a key without gap or overlap', async () => {
      const range = (after: string | null, upto: string | null) =>
        scanOf('numbers', { range: { kind: 'range', column: 'id', after, upto }, filter: 'id > 0' }).then((scan) =>
          rowsOf(scan),
        );
      const [low, middle, high] = [await range(null, '100'), await range('100', '4000'), await range('4000', null)];
      expect([low.length, middle.length, high.length]).toEqual([100, 3_900, 1_000]);
      const ids = [...low, ...middle, ...high].map((row) => Number(row[0]));
      expect(new Set(ids).size).toBe(5_000);
    });

    it('keeps to its range whatever the filter, and lets none out of its brackets', async () => {
      const range = { kind: 'range', column: 'id', after: '100', upto: '200' } as const;
      expect(await rowsOf(await scanOf('numbers', { range, filter: 'id < 0 OR 1 = 1' }))).toHaveLength(100);
      const escaping = await scanOf('numbers', { range, filter: 'id < 0) OR (1=1' });
      await expect(rowsOf(escaping)).rejects.toMatchObject({ data: { code: 'plan.bad-filter' } });
    });

    it('stops promptly when told to', async () => {
      const reader = await dialect.openReader(accessTo(dialect, database), null);
      const stop = new AbortController();
      const scan = await scanOf('numbers');
      const read = async () => {
        for await (const _ of reader.read(scan, stop.signal)) stop.abort();
      };
      await read().catch((error: unknown) => expect(stop.signal.aborted, String(error)).toBe(true));
      expect((await rowsOf(scan)).length, 'a later reader is not disturbed').toBe(5_000);
      await reader.close();
    });

    it('holds one view of the source while others write', async () => {
      const folder = mkdtempSync(join(inject('scratch'), 'snapshot-'));
      const access = accessTo(dialect, database);
      const scan = await scanOf('numbers');
      let hold: SnapshotHold | null = null;
      let reader: Reader | null = null;
      try {
        hold = await dialect.holdSnapshot(access, ['numbers', 'fields'], { readers: 1, folder });
        expect(hold.readers).toBeGreaterThanOrEqual(1);
        expect(hold.method).toBeTruthy();
        reader = await dialect.openReader(access, hold.token);
        await hold.joined();
        await database.run('DELETE FROM numbers WHERE id <= 10');
        expect(await rowsOf(scan, reader)).toHaveLength(5_000);
      } finally {
        await reader?.close();
        await hold?.release();
        rmSync(folder, { recursive: true, force: true });
      }
      expect(await rowsOf(scan)).toHaveLength(4_990);
      await database.run("INSERT INTO numbers SELECT id - 10, 'again' FROM numbers WHERE id BETWEEN 11 AND 20");
    });
  });
}
