// Who goes with a table that is left out, what is a reason for it, and what ends the run in any case.

import { describe, expect, test } from 'vitest';
import { statementError as mysqlError } from '../../src/engine/dialects/mysql/errors.ts';
import { statementError as postgresError } from '../../src/engine/dialects/postgres/errors.ts';
import { nothingMade, type RunContext } from '../../src/engine/run/job.ts';
import { movingTables, orLeaveOut } from '../../src/engine/run/left-out.ts';
import { DroverError, type ErrorCode } from '../../src/shared/errors.ts';
import { companions, endangered, keepsAside, type Tied } from '../../src/shared/left-out.ts';
import type { TablePlan } from '../../src/shared/model/plan.ts';

interface Ties {
  readonly refersTo?: readonly string[];
  readonly looksInto?: readonly string[];
  readonly addsUnder?: readonly string[];
  readonly standsOn?: readonly string[];
  readonly skips?: boolean;
}

type Table = Tied & Pick<TablePlan, 'errors' | 'source'>;

function table(name: string, ties: Ties = {}, source = name): Table {
  const { refersTo = [], looksInto = [], addsUnder, standsOn = [], skips = false } = ties;
  const foreignKeys = refersTo.map((parent) => ({ references: { schema: null, table: parent, columns: ['id'] } }));
  return {
    source,
    target: { name, foreignKeys },
    feeds: [],
    lookups: looksInto.map((each) => ({ table: each, moves: true })),
    merge: addsUnder ? { parents: addsUnder } : null,
    standsOn,
    errors: { onError: skips ? 'skip' : 'stop' },
  } as unknown as Table;
}

describe('who goes with a table', () => {
  const goWith = (tables: readonly Table[], name: string) =>
    companions(tables)(tables.find(({ source }) => source === name)!)
      .map(({ source }) => source)
      .sort();

  test('nobody, where nothing hangs on it', () => {
    const tables = [table('regions'), table('orders', { refersTo: ['customers'] }), table('customers')];
    expect(goWith(tables, 'orders')).toEqual([]);
    expect(goWith(tables, 'regions')).toEqual([]);
  });

  test('those that refer to it, look into it or add rows under it, and those of those', () => {
    const tables = [
      table('customers'),
      table('orders', { refersTo: ['customers', 'outside'] }),
      table('items', { refersTo: ['orders'] }),
      table('visits', { looksInto: ['customers'] }),
      table('notes', { addsUnder: ['visits'] }),
      table('regions'),
    ];
    expect(goWith(tables, 'customers')).toEqual(['items', 'notes', 'orders', 'visits']);
    expect(goWith(tables, 'items')).toEqual([]);
  });

  test('all of a cycle, from wherever it is looked at', () => {
    const tables = [table('a', { refersTo: ['b'] }), table('b', { refersTo: ['a', 'b'] }), table('c')];
    expect(goWith(tables, 'a')).toEqual(['b']);
    expect(goWith(tables, 'b')).toEqual(['a']);
  });

  test('the table that the earlier one refers to, which then stays too', () => {
    const tables = [
      table('customers'),
      table('addresses', { refersTo: ['customers'] }),
      table('orders', { standsOn: ['customers'] }),
    ];
    expect(goWith(tables, 'orders')).toEqual(['addresses', 'customers']);
    expect(goWith(tables, 'addresses')).toEqual([]);
  });

  test('others that feed the same target', () => {
    const tables = [
      table('people', {}, 'staff'),
      table('people', {}, 'guests'),
      table('badges', { refersTo: ['people'] }),
    ];
    expect(goWith(tables, 'staff')).toEqual(['badges', 'guests']);
  });

  test('in danger are those that may go, and all that go with them', () => {
    const tables = [
      table('customers', { skips: true }),
      table('orders', { refersTo: ['customers'] }),
      table('regions', { looksInto: ['lands'] }),
      table('lands'),
    ];
    expect([...endangered(tables)].map(({ source }) => source).sort()).toEqual(['customers', 'orders']);
  });
});

test('rows are kept aside before a table is left out only where a limit says so', () => {
  expect(keepsAside({ onError: 'skip' })).toBe(false);
  expect(keepsAside({ onError: 'skip', percent: 5 })).toBe(true);
  expect(keepsAside({ onError: 'skip', rows: 0 })).toBe(true);
  expect(keepsAside({ onError: 'quarantine' })).toBe(true);
  expect(keepsAside({ onError: 'stop' })).toBe(false);
});

describe('a part of the work fails', () => {
  const [customers, orders, regions] = [
    table('customers', { skips: true }),
    table('orders', { refersTo: ['customers'] }),
    table('regions'),
  ] as unknown as TablePlan[];

  function run(tables: readonly (TablePlan | undefined)[]) {
    const told: string[] = [];
    const cancelling = new AbortController();
    const context = {
      job: { plan: { tables: tables.map((each) => ({ estimate: { rows: 1 }, ...each })) } },
      artifacts: { audit: { write: async () => undefined }, table: async () => undefined },
      signal: cancelling.signal,
      tell: (event: { kind: string; table?: string; phase?: string }) => {
        if (event.kind === 'table') told.push(`${event.table} ${event.phase}`);
      },
      made: nothingMade(),
    } as unknown as RunContext;
    const [first, second] = context.job.plan.tables;
    return { context, first: first!, second: second!, told, cancelling };
  }

  const failing = (code: ErrorCode) => () => Promise.reject(new DroverError(code, 'It broke.'));

  test('by a fault of the table, which goes with its children', async () => {
    const { context, first, second, told } = run([customers, orders, regions]);
    await orLeaveOut(context, first, 'load', failing('load.rejected'));
    expect(movingTables(context).map(({ source }) => source)).toEqual(['regions']);
    expect(told).toEqual(['customers left out', 'orders left out']);
    let worked = false;
    await orLeaveOut(context, second, 'load', async () => {
      worked = true;
    });
    expect(worked).toBe(false);
  });

  test.each([
    'connect.lost',
    'run.target-locked',
    'support.disk-full',
    'support.server',
    'support.internal',
    'run.cancelled',
  ] as const)('by %s, which ends the run', async (code) => {
    const { context, first } = run([customers, regions]);
    await expect(orLeaveOut(context, first, 'load', failing(code))).rejects.toThrow('It broke.');
    expect(context.made.left.size).toBe(0);
  });

  test('while the run is cancelled, whatever the fault', async () => {
    const { context, first, cancelling } = run([customers, regions]);
    cancelling.abort();
    await expect(orLeaveOut(context, first, 'load', failing('load.failed'))).rejects.toThrow('It broke.');
  });

  test('of a table that may not be left out', async () => {
    const { context, first } = run([regions, customers]);
    await expect(orLeaveOut(context, first, 'index', failing('index.failed'))).rejects.toThrow('It broke.');
  });

  test('of the last table that was left', async () => {
    const { context, first } = run([customers, orders]);
    await expect(orLeaveOut(context, first, 'load', failing('load.rejected'))).rejects.toMatchObject({
      data: { code: 'run.nothing-left', cause: 'customers: It broke.' },
    });
  });

  test('of one that went with another meanwhile: only what concerns the run is heard of', async () => {
    const { context, first, second } = run([customers, orders, regions]);
    const both = (code: ErrorCode) =>
      orLeaveOut(context, second, 'load', async () => {
        await orLeaveOut(context, first, 'load', failing('load.rejected'));
        await failing(code)();
      });
    await both('run.cancelled');
    context.made.left.clear();
    await expect(both('connect.lost')).rejects.toThrow('It broke.');
  });
});

test('locks, memory and connections are no statement’s fault', () => {
  const doing = { what: 'Loading orders failed', code: 'load.failed' } as const;
  const ofPostgres = (code: string) => postgresError(Object.assign(new Error('no'), { code }), doing).code;
  expect(['53200', '57014', '25P02', '58030'].map(ofPostgres)).toEqual(Array(4).fill('support.server'));
  expect(['40P01', '55P03'].map(ofPostgres)).toEqual(Array(2).fill('run.contended'));
  expect(['54000', '42804', '22003'].map(ofPostgres)).toEqual(Array(3).fill('load.failed'));
  const ofMysql = (errno: number) =>
    mysqlError(Object.assign(new Error('no'), { errno, sqlState: 'HY000' }), doing).code;
  expect([1041, 1317].map(ofMysql)).toEqual(Array(2).fill('support.server'));
  expect([1205, 1213].map(ofMysql)).toEqual(Array(2).fill('run.contended'));
  expect([1118, 1071].map(ofMysql)).toEqual(Array(2).fill('load.failed'));
});
