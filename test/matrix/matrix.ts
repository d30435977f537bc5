// The type-pair matrix: every type of a source to every target, judged by the target's own client.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { familyOf, freshDatabase, type ServerName, type TestDatabase, unavailable } from '../support/database.ts';
import { migrate, openHost, type TestHost } from '../support/engine.ts';
import type { Expected, TypeCase } from './type-case.ts';
import { mysqlCases } from './types/mysql.ts';
import { postgresCases } from './types/postgres.ts';
import { sqliteCases } from './types/sqlite.ts';

const casesOf = { postgres: postgresCases, mysql: mysqlCases, sqlite: sqliteCases };

interface Cell extends TypeCase {
  readonly table: string;
}

export function matrix(from: ServerName, targets: readonly ServerName[]): void {
  const reason = unavailable(from) ?? targets.map(unavailable).find((one) => one !== null) ?? null;
  if (reason) {
    describe.skip(`types of ${from}`, () => it(`skipped: ${reason}`, () => {}));
    return;
  }
  const cells = casesOf[familyOf(from)]
    .filter(({ only }) => !only || only.includes(from))
    .map((one, index) => ({ ...one, table: `m${String(index).padStart(3, '0')}` }));

  describe(`types of ${from}`, () => {
    let host: TestHost;
    let source: TestDatabase;
    beforeAll(async () => {
      host = openHost();
      source = await freshDatabase(from);
      for (const cell of cells) await source.run(fixtureOf(cell));
    });
    afterAll(async () => {
      await source?.drop();
      host?.close();
    });

    for (const to of targets) {
      const family = familyOf(to);
      describe(`to ${to}`, () => {
        const arriving = cells.filter((cell) => blockerOf(cell, to) === undefined);
        const stopped = cells.filter((cell) => blockerOf(cell, to) !== undefined);
        let together: TestDatabase;
        let failure: string | null = null;
        beforeAll(async () => {
          together = await freshDatabase(to);
          failure = await move(host, source, together, arriving);
        });
        afterAll(() => together?.drop());

        it.each(arriving.map((cell) => ({ name: titleOf(cell), cell })))('$name arrives', async ({ cell }) => {
          let target = together;
          if (failure) {
            // One type must not hide the others: each gets a migration of its own.
            target = await freshDatabase(to);
            const own = await move(host, source, target, [cell]);
            if (own) {
              await target.drop();
              expect.fail(own);
            }
          }
          const column = cell.read?.[family] ?? defaultRead[family];
          const rows = await target.ask(`SELECT ${column} FROM ${cell.table} ORDER BY id`);
          if (target !== together) await target.drop();
          const expected = [...cell.samples.map(({ text, on }) => on?.[family] ?? text), null];
          expect(rows.length, 'rows').toBe(expected.length);
          for (const [index, want] of expected.entries()) compare(rows[index]?.[0] ?? null, want, cell);
        });

        it.each(stopped.map((cell) => ({ name: titleOf(cell), cell })))(
          '$name is named by the plan',
          async ({ cell }) => {
            const target = await freshDatabase(to);
            const { plan } = await migrate(host, source, target, { tables: [cell.table] });
            await target.drop();
            const blockers = plan.findings.filter((finding) => finding.severity === 'blocker');
            expect(blockers.map(({ code }) => code)).toContain(blockerOf(cell, to));
            expect(blockers[0]?.place).toMatchObject({ table: cell.table });
            expect(blockers[0]?.remedies.length).toBeGreaterThan(0);
          },
        );
      });
    }
  });
}

const defaultRead = { postgres: 'v::text', mysql: 'v', sqlite: 'v' };

function blockerOf({ blocked }: Cell, to: ServerName): string | undefined {
  return blocked?.[to] ?? blocked?.[familyOf(to)];
}

function titleOf({ type, about }: TypeCase): string {
  return about ? `${type} (${about})` : type;
}

function fixtureOf({ type, table, samples, setup }: Cell): string {
  const rows = [...samples.map(({ sql }) => sql), 'NULL'].map((sql, index) => `(${index + 1}, ${sql})`);
  return `${setup ?? ''}
    CREATE TABLE ${table} (id integer PRIMARY KEY, v ${type});
    INSERT INTO ${table} VALUES ${rows.join(', ')};`;
}

/** Migrates these tables in one run; what went wrong in words, or null. */
async function move(
  host: TestHost,
  from: TestDatabase,
  to: TestDatabase,
  cells: readonly Cell[],
): Promise<string | null> {
  try {
    const { plan, finished, errors } = await migrate(host, from, to, { tables: cells.map(({ table }) => table) });
    if (finished?.state === 'published' && finished.verdict === 'verified') return null;
    const blockers = plan.findings.filter(({ severity }) => severity === 'blocker');
    return JSON.stringify(
      { state: finished?.state ?? 'blocked', verdict: finished?.verdict, errors, blockers },
      null,
      1,
    );
  } catch (error) {
    return error instanceof Error
      ? `${error.stack}${'data' in error ? JSON.stringify(error.data) : ''}`
      : String(error);
  }
}

function compare(got: string | null, want: Expected, { numeric }: TypeCase): void {
  if (want instanceof RegExp) expect(got).toMatch(want);
  else if (numeric && want !== null && got !== null) expect(Number(got)).toBe(Number(want));
  else if (want !== null && want.length > 1_000)
    expect(got === want, `${want.length} characters, unchanged`).toBe(true);
  else expect(got).toBe(want);
}
