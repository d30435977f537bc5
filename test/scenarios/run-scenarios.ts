// Runs scenario folders through the command line, for each of their pairs, and looks at what they left.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Family } from '../../src/shared/model/connection.ts';
import type { Project, TableMapping } from '../../src/shared/model/mapping.ts';
import type { QuarantinedRow } from '../../src/shared/model/quarantine.ts';
import type { Report } from '../../src/shared/model/report.ts';
import { type Cli, type CliResult, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';
import { readScenarios, type ScenarioFolder, type TableEdit } from './scenario.ts';

const serverOf: Record<Family, ServerName> = { postgres: 'postgres', mysql: 'mariadb', sqlite: 'sqlite' };

/** Of each scenario, in the short suite. */
const PAIRS = 1;

/** Every scenario whose source is of this family, to each of its targets. */
export function runScenarios(from: Family): void {
  const scenarios = readScenarios()
    .map((scenario) => ({ ...scenario, each: chosen(scenario.name, scenario.each, PAIRS) }))
    .map((scenario) => ({ ...scenario, each: scenario.each.filter((pair) => pair.from === from) }))
    .filter(({ each }) => each.length > 0);

  describe.each(scenarios)('$name', (scenario) => {
    let cli: Cli;
    let source: TestDatabase;
    let target: TestDatabase;
    beforeEach(() => {
      cli = openCli();
    });
    afterEach(async () => {
      await source?.drop();
      await target?.drop();
      cli.close();
    });

    it.each(scenario.each)('$from → $to', async ({ to }) => {
      source = await prepared(scenario, 'source', from);
      target = await prepared(scenario, 'target', to);
      const [sourceBefore, targetBefore] = [await dump(source), await dump(target)];

      const result = await start(cli, scenario, source, target);

      const { expectFailure, expect: { quarantine, leftOut } = {} } = scenario;
      if (expectFailure) {
        expect(expectFailure.code, told(result)).toContain(result.error?.code);
        expect(expectFailure.status, told(result)).toContain(result.status);
        expect(result.error?.hint, `what to do next: ${told(result)}`).toBeTruthy();
        if (expectFailure.contains) expect(result.stderr).toContain(expectFailure.contains);
        expect(await dump(target), 'the target is as it was').toBe(targetBefore);
      } else {
        expect({ status: result.status, verdict: result.finished?.verdict }, told(result)).toEqual({
          status: quarantine || leftOut ? 3 : 0,
          verdict: leftOut ? 'partial' : 'verified',
        });
        await meets(scenario, to, target, result);
        expect(await quarantineOf(cli, result)).toEqual(quarantine ?? []);
        // What did not move is missing in the target, and no difference.
        if (quarantine || leftOut) expect(await verifiedAgain(cli, source, target, result)).toBe(0);
      }
      expect(await dump(source), 'the source is as it was').toBe(sourceBefore);
      expect(result.stderr, 'no stack trace').not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      expect(cli.leaks(), 'files that hold the password').toEqual([]);
      await leavesNothing(scenario, target, result);
    });
  });
}

async function prepared(scenario: ScenarioFolder, kind: 'source' | 'target', family: Family): Promise<TestDatabase> {
  const database = await freshDatabase(serverOf[family]);
  const sql = scenario.sql(kind, family);
  if (kind === 'source' && !sql) throw new Error(`${scenario.name} has no source.${family}.sql`);
  try {
    if (sql) await database.run(sql);
  } catch (error) {
    await database.drop();
    throw error;
  }
  return database;
}

async function start(
  cli: Cli,
  scenario: ScenarioFolder,
  source: TestDatabase,
  target: TestDatabase,
): Promise<CliResult> {
  const passwords = { sourcePassword: source.password, targetPassword: target.password };
  const options = scenario.options ?? [];
  if (!scenario.edit && !scenario.add && !scenario.rules) {
    return cli.run(['migrate', source.url, target.url, ...options, '--yes', '--json'], passwords);
  }
  const file = join(cli.folder, 'edited.drover.json');
  const mapped = await cli.run(['map', source.url, target.url, '-o', file, ...options], passwords);
  expect(mapped.status, mapped.stderr + mapped.stdout).toBe(0);
  const project = JSON.parse(readFileSync(file, 'utf8')) as Project;
  writeFileSync(
    file,
    JSON.stringify({ ...edited(project, scenario.edit ?? {}, scenario.add ?? []), rules: scenario.rules }),
  );
  return cli.run(['run', file, '--yes', '--json'], passwords);
}

function edited(project: Project, edits: Readonly<Record<string, TableEdit>>, added: readonly TableMapping[]): Project {
  for (const name of Object.keys(edits)) {
    if (!project.tables.some((table) => table.source === name)) throw new Error(`the project has no table ${name}`);
  }
  return { ...project, tables: [...project.tables.map((table) => editedTable(table, edits[table.source])), ...added] };
}

function editedTable(table: TableMapping, edit: TableEdit | undefined): TableMapping {
  if (!edit) return table;
  const { columns = {}, order = [], add = [], ...rest } = edit;
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return {
    ...table,
    ...rest,
    columns: [...table.columns.map((column) => ({ ...column, ...columns[column.source] })), ...add].sort(
      (a, b) => place(a.source) - place(b.source),
    ),
  } as TableMapping;
}

async function meets(scenario: ScenarioFolder, to: Family, target: TestDatabase, result: CliResult): Promise<void> {
  const {
    rows = {},
    accepts = [],
    refuses = [],
    queries = [],
    findings = [],
    backups = [],
    leftOut = [],
  } = scenario.expect ?? {};
  for (const [table, count] of Object.entries(rows)) {
    const quoted = to === 'mysql' ? `\`${table}\`` : `"${table}"`;
    expect(await target.ask(`SELECT COUNT(*) FROM ${quoted}`), `rows of ${table}`).toEqual([[String(count)]]);
  }
  const strict =
    to === 'sqlite' ? 'PRAGMA foreign_keys = ON; ' : to === 'mysql' ? "SET sql_mode = 'STRICT_ALL_TABLES'; " : '';
  for (const sql of refuses) await expect(target.run(strict + sql), `refuses ${sql}`).rejects.toThrow();
  for (const sql of accepts) await expect(target.run(strict + sql), `accepts ${sql}`).resolves.toBeUndefined();
  for (const { sql, rows: expected, on } of queries) {
    const own = on?.[to];
    expect(await target.ask(own?.sql ?? sql), own?.sql ?? sql).toEqual(own?.rows ?? expected);
  }
  const report = JSON.parse(readFileSync(join(result.finished?.folder ?? '', 'verification_report.json'), 'utf8'));
  const codes = (report.findings as { code: string }[]).map((finding) => finding.code);
  for (const code of findings) expect(codes).toContain(code);
  expect((report as Report).left.map(({ target: name, reason, because }) => [name, reason.code, because])).toEqual(
    leftOut,
  );
  expect((report.backups as { table: string }[]).map((backup) => backup.table).sort()).toEqual([...backups].sort());
  for (const { table, keptAs } of report.backups as { table: string; keptAs: string }[]) {
    expect((await target.ask(`SELECT COUNT(*) FROM ${keptAs}`)).length, `${table} is kept as ${keptAs}`).toBe(1);
  }
}

async function verifiedAgain(
  cli: Cli,
  source: TestDatabase,
  target: TestDatabase,
  { finished }: CliResult,
): Promise<number | null> {
  const passwords = { sourcePassword: source.password, targetPassword: target.password };
  return (await cli.run(['verify', finished?.run ?? '', '--json'], passwords)).status;
}

async function quarantineOf(cli: Cli, { finished }: CliResult): Promise<unknown[][]> {
  const listed = await cli.run(['quarantine', finished?.run ?? '', '--json']);
  const lines = listed.stdout.split('\n').filter(Boolean);
  const rows = lines.map((line) => JSON.parse(line) as QuarantinedRow);
  return rows.map(({ table, column, step, rule, values }) => [table, column, step ?? rule, values[column]]);
}

/** Backups stay where tables were replaced: they are taken away here, and must be all that is there. */
async function leavesNothing(scenario: ScenarioFolder, target: TestDatabase, result: CliResult): Promise<void> {
  const kept = (scenario.expect?.backups ?? []).length > 0;
  const found = await objectsOfRun(target, result.finished?.run ?? null, { drop: kept });
  const unexpected = kept ? found.filter((name) => !/backup|added|control|merged|_[ab]_/i.test(name)) : found;
  expect(unexpected, 'leftovers in the target').toEqual([]);
}

function told({ status, stderr, error, finished }: CliResult): string {
  return (
    JSON.stringify({ status, error, state: finished?.state, verdict: finished?.verdict }, null, 1) +
    stderr.slice(-3_000)
  );
}
