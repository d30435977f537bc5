// Tries the verifier: tables of all types are migrated, one thing in each is changed, and it must be told exactly.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../../src/host/host.ts';
import type { Plan } from '../../../src/shared/model/plan.ts';
import type { Report, TableReport } from '../../../src/shared/model/report.ts';
import type { Client } from '../../support/client.ts';
import { type Random, randomOf } from '../seed.ts';
import { families, type Name, type Servers, startServers } from '../servers.ts';
import { makeSide, pairName, type Side } from '../subject.ts';
import { readRows } from './cells.ts';
import { engineIn, migrated } from './engine.ts';
import { Figures } from './figures.ts';
import { type Mutation, mutationOf, type Target } from './mutate.ts';
import { type MutableTable, tablesOf } from './tables.ts';

export interface MutationOptions {
  readonly seed: string;
  /** All where it is empty. */
  readonly pairs: readonly string[];
  /** In all; the last round goes to its end. */
  readonly count: number;
}

export async function mutations(
  { seed, pairs, count }: MutationOptions,
  say: (line: string) => void,
): Promise<Figures> {
  const scratch = mkdtempSync(join(tmpdir(), 'drover-mutations-'));
  const servers = await startServers();
  const host = engineIn(scratch);
  const figures = new Figures();
  try {
    const wanted = families
      .flatMap((from) => families.map((to) => ({ from, to })))
      .filter(({ from, to }) => pairs.length === 0 || pairs.includes(pairName(from, to)));
    if (wanted.length === 0) throw new Error(`There are no such pairs: ${pairs.join(', ')}.`);
    for (let number = 0; figures.mutations < count; number++) {
      const { from, to } = wanted[number % wanted.length]!;
      const pair = pairName(from, to);
      const before = figures.violations.length;
      await round({
        host,
        servers,
        scratch,
        figures,
        pair,
        from,
        to,
        random: randomOf(`mutations ${pair} ${seed}-${number}`),
      });
      say(`${pair} ${seed}-${number}: ${figures.mutations} mutations`);
      for (const violation of figures.violations.slice(before)) say(`  VIOLATION ${violation}`);
    }
  } finally {
    await servers.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
  return figures;
}

interface Round {
  readonly host: Host;
  readonly servers: Servers;
  readonly scratch: string;
  readonly figures: Figures;
  readonly pair: string;
  readonly from: Name;
  readonly to: Name;
  readonly random: Random;
}

interface Made {
  readonly target: Target;
  readonly mutation: Mutation;
}

/** New values each time: migrated, found equal, changed, found different, changed back, found equal. */
async function round({ host, servers, scratch, figures, pair, from, to, random }: Round): Promise<void> {
  const source = await makeSide(from, { servers, scratch });
  const target = await makeSide(to, { servers, scratch });
  try {
    const tables = tablesOf(from, random);
    await run(source, tables.map(({ script }) => script).join('\n'));
    const endpoints = {
      source: { url: source.url, password: source.password },
      target: { url: target.url, password: target.password },
    };
    const { project, plan } = await migrated(host, endpoints);
    await run(target, tables.map(({ name }) => `CREATE TABLE kept_${name} AS SELECT * FROM ${name}`).join(';\n'));
    const verify = (): Promise<Report> => host.call('verify', { project, ...endpoints });

    clean(await verify(), figures, pair);
    const targets = await targetsOf(tables, target, plan);
    const made = await target.use((client) => sequentially(targets, (each) => changed(client, each, random)));
    const report = await verify();
    for (const each of made) judge(each, report, figures, pair);
    const back = tables.map(({ name }) => `DELETE FROM ${name}; INSERT INTO ${name} SELECT * FROM kept_${name}`);
    await run(target, back.join(';\n'));
    clean(await verify(), figures, pair);
  } finally {
    await source.drop();
    await target.drop();
  }
}

async function targetsOf(tables: readonly MutableTable[], target: Side, plan: Plan): Promise<Target[]> {
  return target.use(async (client) => {
    const targets: Target[] = [];
    for (const table of tables) {
      const planned = plan.tables.find((each) => each.target.name === table.name);
      const type = planned?.target.columns.find(({ name }) => name === 'v')?.logical;
      if (!type) throw new Error(`The plan has no ${table.name}.v.`);
      const rows = await readRows(client, target.server, { table: table.name, key: table.key, type });
      targets.push({ family: target.server, table, type, rows });
    }
    return targets;
  });
}

/** Drawn anew where the target's own checks do not let it in. */
async function changed(client: Client, target: Target, random: Random): Promise<Made> {
  for (;;) {
    const mutation = mutationOf(target, random);
    await client.run('BEGIN');
    try {
      await client.run(mutation.sql);
      await client.run('COMMIT');
      return { target, mutation };
    } catch (error) {
      await client.run('ROLLBACK');
      if (!/constraint|truncated|duplicate/i.test((error as Error).message)) throw error;
    }
  }
}

function judge({ target, mutation }: Made, report: Report, figures: Figures, pair: string): void {
  const { table, type, family } = target;
  const said = report.tables.find((each) => each.target === table.name);
  const found = said !== undefined && !said.equal && isExactly(said, mutation);
  figures.add({ pair, kind: mutation.kind, type: `${table.type} as ${type.kind} of ${family}`, found });
  if (found) return;
  figures.violations.push(
    `${pair} ${table.name} (${table.type}): ${mutation.sql}\n    wanted ${JSON.stringify(mutation.expected)}\n    told   ${JSON.stringify(said?.differences)}`,
  );
}

function isExactly({ differences, target }: TableReport, { expected }: Mutation): boolean {
  if (differences.length !== expected.length || differences.some(({ table }) => table !== target)) return false;
  return expected.every(({ kind, key, column }) =>
    differences.some(
      (each) =>
        each.kind === kind &&
        each.column === column &&
        (key === null || JSON.stringify(each.key) === JSON.stringify(key)),
    ),
  );
}

/** A false alarm is a violation as well. */
function clean(report: Report, figures: Figures, pair: string): void {
  figures.cleanRuns++;
  for (const { target, equal, differences } of report.tables) {
    figures.cleanTables++;
    if (!equal) figures.violations.push(`${pair} ${target}: a false alarm, ${JSON.stringify(differences.slice(0, 3))}`);
  }
  if (report.verdict !== 'verified' && report.tables.every(({ equal }) => equal))
    figures.violations.push(`${pair}: all tables are equal, and the verdict is ${report.verdict}`);
}

async function sequentially<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function run(side: Side, script: string): Promise<void> {
  return side.use((client) => client.run(script));
}
