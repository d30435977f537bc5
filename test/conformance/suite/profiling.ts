// Conformance: profiling. Each question has the same answer wherever the same values lie.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/engine/dialects/session.ts';
import type { LogicalType } from '../../../src/shared/model/logical-type.ts';
import type { Answers, Question } from '../../../src/shared/model/profile.ts';
import type { TestDatabase } from '../../support/database.ts';
import { accessTo, type Contestant, databaseWith } from '../contestant.ts';

const text: LogicalType = { kind: 'text', length: null, fixed: false };
const integer: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
const decimal: LogicalType = { kind: 'decimal', precision: 20, scale: 6 };
const timestamp: LogicalType = { kind: 'timestamp', precision: 6, zone: false };

export function profiling({ server, family, dialect }: Contestant): void {
  describe('profiling', () => {
    let database: TestDatabase;
    let session: Session;
    beforeAll(async () => {
      database = await databaseWith({ server, family });
      const types = {
        postgres: { d: 'numeric(20,6)', t: 'timestamp', x: 'text', f: 'double precision' },
        mysql: { d: 'decimal(20,6)', t: 'datetime(6)', x: 'longtext', f: 'double' },
        sqlite: { d: 'DECIMAL(20,6)', t: 'DATETIME', x: 'TEXT', f: 'REAL' },
      }[family];
      await database.run(
        `CREATE TABLE facts (id bigint PRIMARY KEY, n bigint, d ${types.d}, x ${types.x}, t ${types.t}, f ${types.f}, void ${types.x})`,
      );
      await database.run(`INSERT INTO facts VALUES
        (1, -9223372036854775807, 1.500000, 'é😀', '2024-01-01 00:00:00', 1.5, NULL),
        (2, 9223372036854775806, -20.25, '', '1969-12-31 23:59:59', 2.5, NULL),
        (3, NULL, 0.125, 'not json', NULL, NULL, NULL),
        (4, 12, NULL, NULL, '2024-01-01 00:00:00', 0, NULL)`);
      session = await dialect.connect(accessTo(dialect, database), { role: 'source' });
    });
    afterAll(async () => {
      await session?.close();
      await database?.drop();
    });

    const ask = async (column: string, logical: LogicalType, questions: Question[], filter: string | null = null) => {
      const request = {
        table: { name: 'facts', staging: null },
        filter,
        questions: [{ column, logical, ask: questions }],
      };
      const answers: Record<string, Answers> = await session.profile(request);
      // A database may tell more than it was asked.
      return Object.fromEntries(
        Object.entries(answers[column] ?? {}).filter(([question]) => questions.some((each) => each === question)),
      ) as Answers;
    };

    it('counts rows of the table', async () => {
      expect(await ask('', integer, ['count'])).toEqual({ count: '4' });
      expect(await ask('', integer, ['count'], 'id > 2')).toEqual({ count: '2' });
    });

    it('answers on integers beyond 2^53, exactly', async () => {
      expect(await ask('n', integer, ['nonNull', 'min', 'max', 'sum'])).toEqual({
        nonNull: '3',
        min: '-9223372036854775807',
        max: '9223372036854775806',
        sum: '11',
      });
    });

    it('answers on decimals', async () => {
      const answers = await ask('d', decimal, ['nonNull', 'min', 'max', 'maxIntegerDigits', 'maxScale']);
      expect(answers).toMatchObject({ nonNull: '3', maxIntegerDigits: '2' });
      expect(Number(answers.min)).toBe(-20.25);
      expect(Number(answers.max)).toBe(1.5);
      expect(Number(answers.maxScale)).toBeGreaterThanOrEqual(3);
    });

    it('answers on text', async () => {
      const questions: Question[] = ['nonNull', 'octets', 'maxChars', 'maxBytes', 'empty', 'wideCharacters'];
      expect(await ask('x', text, questions)).toEqual({
        nonNull: '3',
        octets: '14',
        maxChars: '8',
        maxBytes: '8',
        empty: '1',
        wideCharacters: '1',
      });
      expect(await ask('x', text, ['notJson'])).toEqual({ notJson: '3' });
    });

    it('answers on columns that hold only NULLs', async () => {
      const answers = await ask('void', text, ['nonNull', 'maxChars', 'empty']);
      expect(answers).toMatchObject({ nonNull: '0', empty: '0' });
      expect(answers?.maxChars ?? null).toBeNull();
    });

    it('answers on timestamps and several columns at once', async () => {
      expect(await ask('t', timestamp, ['nonNull', 'zeroDates', 'dateOutsideRange'])).toEqual({
        nonNull: '3',
        zeroDates: '0',
        dateOutsideRange: '0',
      });
      const both = await session.profile({
        table: { name: 'facts', staging: null },
        filter: null,
        questions: [
          { column: '', logical: integer, ask: ['count'] },
          { column: 'n', logical: integer, ask: ['nonNull'] },
          { column: 'x', logical: text, ask: ['empty'] },
        ],
      });
      expect(both).toEqual({ '': { count: '4' }, n: { nonNull: '3' }, x: { empty: '1' } });
    });

    it('counts what is odd as a profile for people does', async () => {
      const odd = {
        postgres: `(10, 1, 'NaN', '', '2024-01-01', 'NaN', NULL), (11, 1, 1, 'x', NULL, '-Infinity', NULL)`,
        mysql: `(10, 1, 1, '', '2001-00-05', 1, NULL), (11, 1, 1, CHAR(0), '0000-00-00', 2, NULL)`,
        sqlite: `(10, 1, 'NaN', '', '2001-00-05', 9e999, NULL), (11, 1, 1, 'a' || char(0), '0000-00-00', 'Infinity', NULL)`,
      }[family];
      await database.run(`${family === 'mysql' ? "SET sql_mode = '';" : ''} INSERT INTO facts VALUES ${odd}`);
      const catalog = await session.inspect();
      const table = catalog.tables.find(({ name }) => name === 'facts')!;
      const never = new AbortController().signal;
      const options = { rows: 1000, seconds: 20, signal: never, stopped: () => false };
      const profiler = await dialect.openProfiler(accessTo(dialect, database), table, options);
      try {
        for (const column of table.columns) {
          const { counts } = await profiler.facts(column);
          const same = (['empty', 'nulCharacters', 'zeroDates', 'notFinite'] as const).filter(
            (name) => counts[name] !== undefined,
          );
          const asked = await ask(column.name, column.logical, [...same]);
          expect(asked, column.name).toEqual(Object.fromEntries(same.map((name) => [name, String(counts[name])])));
        }
      } finally {
        await profiler.close();
      }
    });
  });
}
