// Rows in quarantine are replayed through the mended mapping, into what the run has published, and marked as resolved.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { QuarantinedRow } from '../../src/shared/model/quarantine.ts';
import { type Cli, type CliResult, openCli } from '../support/cli.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';

const SOURCE = `
CREATE TABLE customers (code varchar(10) PRIMARY KEY, mail varchar(40), note varchar(20));
INSERT INTO customers VALUES ('A', 'a@b.cd', 'first');
INSERT INTO customers VALUES ('B', 'b at b.cd', 'second');
INSERT INTO customers VALUES ('C', 'nothing', 'third');
CREATE TABLE orders (id integer PRIMARY KEY, customer varchar(10), total decimal(8,2));
INSERT INTO orders VALUES (1, 'A', 1.50);
INSERT INTO orders VALUES (2, 'B', 2.50);
INSERT INTO orders VALUES (3, 'C', 3.50);
`;

describe.each(chosen('retry', ['postgres', 'mariadb', 'sqlite'] as const, 1))('into %s', (server) => {
  let cli: Cli;
  let source: TestDatabase;
  let target: TestDatabase;
  beforeEach(async () => {
    cli = openCli();
    source = await freshDatabase(server === 'postgres' ? 'mariadb' : 'postgres');
    target = await freshDatabase(server);
    await source.run(SOURCE);
  });
  afterEach(async () => {
    await source.drop();
    await target.drop();
    cli.close();
  });

  test('what the mended mapping takes arrives, the rest stays', async () => {
    const file = await mapped();
    const first = await run(['run', file, '--yes', '--json']);
    expect(first.status, first.stderr).toBe(3);
    const id = first.finished?.run ?? '';
    expect(await target.ask('SELECT code, id FROM customers')).toEqual([['A', '1']]);
    expect(await kept(id)).toEqual([
      ['customers', 'B', null],
      ['customers', 'C', null],
      ['orders', '2', null],
      ['orders', '3', null],
    ]);

    mend(file);
    const again = await run(['retry', id, '--project', file, '--yes', '--json']);
    expect(again.status, again.stderr).toBe(3);
    expect(await target.ask('SELECT code, mail, id FROM customers ORDER BY code')).toEqual([
      ['A', 'a@b.cd', '1'],
      ['B', 'b@b.cd', '2'],
    ]);
    // The new key of a customer that came later is found, and so is that of one that stood there.
    expect(await target.ask('SELECT id, customer_id, total FROM orders ORDER BY id')).toEqual(
      [
        ['1', '1', '1.50'],
        ['2', '2', '2.50'],
      ].map((row) => (server === 'sqlite' ? row.map((value) => value.replace(/0$/, '')) : row)),
    );
    const by = again.finished?.run ?? '';
    expect(await kept(id)).toEqual([
      ['customers', 'B', by],
      ['customers', 'C', null],
      ['orders', '2', by],
      ['orders', '3', null],
    ]);
    const shown = await cli.run(['quarantine', id]);
    expect(shown.stdout).toContain('1 of them resolved');

    const verified = await run(['verify', id]);
    expect(verified.status, `what a retry has added is no difference of the run:\n${verified.stdout}`).toBe(0);
    await target.run('INSERT INTO orders (id, customer_id) VALUES (99, 1)');
    expect((await run(['verify', id])).status, 'what others add is').toBe(1);
    await target.run('DELETE FROM orders WHERE id = 99');

    const once = await run(['retry', id, '--project', file, '--yes', '--json', '--table', 'orders']);
    expect(once.status, 'what is still refused stays').toBe(3);
    expect(await target.ask('SELECT COUNT(*) FROM orders')).toEqual([['2']]);
    const unmended = await run(['retry', id, '--yes', '--json']);
    expect(unmended.status, 'as the run had it: all are refused again').toBe(3);
    expect(await target.ask('SELECT COUNT(*) FROM customers')).toEqual([['2']]);
    const nowhere = await run(['retry', 'nosuchrun', '--yes', '--json']);
    expect(nowhere.error?.code).toBe('run.no-such-run');
    for (const each of [by, once.finished?.run ?? null, unmended.finished?.run ?? null])
      await objectsOfRun(target, each, { drop: true });
  });

  async function mapped(): Promise<string> {
    const file = join(cli.folder, 'shop.drover.json');
    expect((await run(['map', source.url, target.url, '-o', file])).status).toBe(0);
    const project = JSON.parse(readFileSync(file, 'utf8')) as Project;
    const [customers, orders] = ['customers', 'orders'].map((name) => project.tables.find((t) => t.source === name)!);
    customers!.keys = { primary: ['id'], unique: [['code']] };
    customers!.columns.push({ source: 'new key', from: { kind: 'sequence' }, target: 'id', type: 'bigint' });
    column(customers!, 'mail').steps = [{ do: 'email' }];
    orders!.keys = { references: [{ columns: ['customer_id'], table: 'customers', to: ['id'] }] };
    Object.assign(column(orders!, 'customer'), {
      target: 'customer_id',
      type: 'bigint',
      steps: [{ do: 'lookup', in: 'customers', match: 'code', take: 'id' }],
    });
    project.errors = { onError: 'quarantine', percent: 90 };
    writeFileSync(file, JSON.stringify(project));
    return file;
  }

  function mend(file: string): void {
    const project = JSON.parse(readFileSync(file, 'utf8')) as Project;
    const customers = project.tables.find((table) => table.source === 'customers')!;
    column(customers, 'mail').steps = [{ do: 'replace', find: ' at ', with: '@' }, { do: 'email' }];
    writeFileSync(file, JSON.stringify(project));
  }

  function run(args: readonly string[]): Promise<CliResult> {
    return cli.run([...args], { sourcePassword: source.password, targetPassword: target.password });
  }

  async function kept(id: string): Promise<unknown[]> {
    const { stdout } = await cli.run(['quarantine', id, '--json']);
    const rows = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as QuarantinedRow);
    return rows.map(({ table, values, resolvedBy }) => [table, values.code ?? values.id, resolvedBy]);
  }
});

function column(table: Project['tables'][number], name: string): Project['tables'][number]['columns'][number] {
  return table.columns.find(({ source }) => source === name)!;
}
