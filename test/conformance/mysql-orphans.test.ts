// The question for orphans in MariaDB against the plain one: rows that lead nowhere are found whatever keys look like.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Link, open } from '../../src/engine/dialects/mysql/connection.ts';
import { orphanQuestion } from '../../src/engine/dialects/mysql/ddl.ts';
import { mysql } from '../../src/engine/dialects/mysql/index.ts';
import { parseType } from '../../src/engine/dialects/mysql/type-parse.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { TargetTable } from '../../src/shared/model/plan.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { accessTo } from './contestant.ts';

const PLAIN = `SELECT 1 FROM child c WHERE c.parent IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM parent p WHERE p.id = c.parent) LIMIT 1`;

let database: TestDatabase;
let link: Link;

beforeAll(async () => {
  database = await freshDatabase('mariadb');
  link = await open(accessTo(mysql, database), 'target');
});

afterAll(async () => {
  await link.close();
  await database.drop();
});

test('random parents and children', async () => {
  const random = seeded(20_261_124);
  const outcomes = { some: 0, none: 0 };
  for (let round = 0; round < 400; round++) {
    const native = random.pick(['int', 'bigint', 'bigint unsigned', 'smallint', 'varchar(20)']);
    const parents = parentsOf(random, native);
    const children = childrenOf(random, parents);
    await link.query(`CREATE OR REPLACE TABLE parent (id ${native} NOT NULL, KEY (id))`);
    await link.query(`CREATE OR REPLACE TABLE child (parent ${native}, KEY (parent))`);
    if (parents.length > 0) await link.query(`INSERT INTO parent VALUES ${valuesOf(parents)}`);
    if (children.length > 0) await link.query(`INSERT INTO child VALUES ${valuesOf(children)}`);
    const plain = await link.query(PLAIN);
    expect({ native, parents, children, found: await link.query(questionOf(native)) }).toMatchObject({ found: plain });
    outcomes[plain.length > 0 ? 'some' : 'none']++;
  }
  expect(outcomes.some).toBeGreaterThan(80);
  expect(outcomes.none).toBeGreaterThan(80);
});

/** Gapless ones, such with gaps, with doubles in place of gaps, at the ends of what a type holds, and none at all. */
function parentsOf(random: Random, native: string): bigint[] {
  if (random.percent(8)) return [];
  const begin = native === 'bigint unsigned' ? 2n ** 64n - 20n : random.pick([-3n, 0n, 1n, 30n]);
  const gapless = Array.from({ length: random.whole(1, 12) }, (_, i) => begin + BigInt(i));
  if (random.percent(50)) return gapless;
  if (native === 'bigint' && random.percent(30)) return [-(2n ** 63n), 2n ** 63n - 1n];
  return gapless.map((id) => (random.percent(15) ? gapless[0]! : id)).filter(() => random.percent(90));
}

function childrenOf(random: Random, parents: readonly bigint[]): (bigint | null)[] {
  const [first = 0n] = parents;
  const around = Array.from({ length: parents.length + 2 }, (_, i) => first + BigInt(i) - (first > 0n ? 1n : 0n));
  const amiss = random.percent(50);
  return Array.from({ length: random.whole(0, 8) }, () => {
    if (random.percent(15)) return null;
    return random.pick(parents.length === 0 || (amiss && random.percent(30)) ? around : parents);
  });
}

function valuesOf(values: readonly (bigint | null)[]): string {
  return values.map((value) => `(${value ?? 'NULL'})`).join(', ');
}

function questionOf(native: string): string {
  const key = { name: 'fk', columns: ['parent'], references: { schema: null, table: 'parent', columns: ['id'] } };
  const child = { name: 'child', columns: [{ name: 'parent', native, logical: parseType(native)! }] };
  return orphanQuestion(key as never, child as unknown as TargetTable, null).sql;
}
