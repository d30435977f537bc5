// What the screen Plan shows, apart from how: findings in groups, bulk remedies, fates, order, ways out.

import { describe, expect, test } from 'vitest';
import { bulkRemedies } from '../../src/renderer/features/plan/model/bulk.ts';
import { groupFindings, linesOf, placesOf, titleOf } from '../../src/renderer/features/plan/model/findings.ts';
import { lossesIn, objectsLeft } from '../../src/renderer/features/plan/model/losses.ts';
import { cyclesOf, ddlOf, fateOf, fieldOf, orderOf, totalsOf } from '../../src/renderer/features/plan/model/tables.ts';
import { waysOut } from '../../src/renderer/features/plan/model/ways-out.ts';
import { DroverError, type ErrorCode } from '../../src/shared/errors.ts';
import type { Change, Finding } from '../../src/shared/model/finding.ts';
import type { Plan, TablePlan } from '../../src/shared/model/plan.ts';

function finding(severity: Finding['severity'], code: string, more: Partial<Finding> = {}): Finding {
  return { severity, code, place: { side: 'source' }, message: code, remedies: [], ...more };
}

function ofColumn(column: string, ...changes: Change[]): Finding {
  return finding('blocker', 'value.zero-date', {
    place: { side: 'source', table: 'orders', column },
    message: `orders.${column} has zero dates`,
    remedies: changes.map((change) => ({ text: 'Take it.', change })),
  });
}

function table(source: string, more: Partial<TablePlan> = {}): TablePlan {
  const target = more.target ?? emptyTable(source);
  return {
    source,
    feeds: [],
    reads: [source],
    target,
    mode: 'create',
    filter: null,
    errors: { onError: 'stop' },
    lanes: [],
    besides: [],
    batchSize: null,
    lookups: [],
    rules: [],
    computed: [],
    key: [],
    chunks: [{ kind: 'all' }],
    estimate: { rows: 10, bytes: null },
    existing: null,
    standsOn: [],
    merge: null,
    ddl: { create: [], index: [], relate: [] },
    ...more,
  };
}

function emptyTable(name: string): TablePlan['target'] {
  return { name, columns: [], primaryKey: null, uniques: [], indexes: [], foreignKeys: [], checks: [], comment: null };
}

function planOf(tables: TablePlan[], more: Partial<Plan> = {}): Plan {
  const server = { family: 'sqlite', variant: 'SQLite', version: '3', versionNumber: 30000 } as const;
  const order = tables.map(({ source }) => [source]);
  return {
    project: 'p',
    source: server,
    target: server,
    sourceFingerprint: '',
    targetFingerprint: '',
    publish: 'all in one transaction',
    order,
    tables,
    rules: [],
    findings: [],
    ...more,
  };
}

const everything = { text: '', severity: 'all' } as const;

describe('findings', () => {
  test('five hundred equal warnings are one line that opens', () => {
    const many = Array.from({ length: 500 }, (_, i) => finding('warning', 'value.parsed', { message: `column ${i}` }));
    const groups = groupFindings(many, everything);
    expect(linesOf(groups, new Set()).map(({ kind }) => kind)).toEqual(['severity', 'group']);
    expect(linesOf(groups, new Set(['warning value.parsed']))).toHaveLength(502);
  });

  test('a few stand open until they are closed, and one needs no line of its own', () => {
    const groups = groupFindings(
      [finding('note', 'a.one'), finding('note', 'a.two'), finding('note', 'a.two')],
      everything,
    );
    expect(linesOf(groups, new Set()).map(({ kind }) => kind)).toEqual([
      'severity',
      'finding',
      'group',
      'finding',
      'finding',
    ]);
    expect(linesOf(groups, new Set(['note a.two']))).toHaveLength(3);
  });

  test('blockers come first, whatever the plan’s order', () => {
    const groups = groupFindings(
      [finding('note', 'n.n'), finding('blocker', 'b.b'), finding('warning', 'w.w')],
      everything,
    );
    expect(groups.map(({ severity }) => severity)).toEqual(['blocker', 'warning', 'note']);
  });

  test('the filter wants every word, in message, code or place', () => {
    const findings = [ofColumn('shipped'), ofColumn('paid')];
    expect(groupFindings(findings, { text: 'ORDERS ship', severity: 'all' })[0]?.findings).toEqual([findings[0]]);
    expect(groupFindings(findings, { text: 'customers', severity: 'all' })).toEqual([]);
    expect(groupFindings(findings, { text: '', severity: 'note' })).toEqual([]);
  });

  test('a group names its places once', () => {
    expect(placesOf([ofColumn('paid'), ofColumn('paid'), ofColumn('shipped')])).toBe('orders.paid and orders.shipped');
    expect(titleOf('value.zero-date')).toBe('Zero date');
  });
});

describe('bulk remedies', () => {
  const nulls = (column: string): Change => ({ kind: 'null misfits', table: 'orders', column });
  const type = (column: string, to: string): Change => ({ kind: 'type', table: 'orders', column, type: to });

  test('one click serves every column that offers the remedy', () => {
    const [bulk] = bulkRemedies([ofColumn('a', nulls('a')), ofColumn('b', nulls('b')), ofColumn('c', nulls('c'))]);
    expect(bulk?.changes).toEqual([nulls('a'), nulls('b'), nulls('c')]);
    expect(bulk?.text).toContain('all 3 columns');
  });

  test('it says how many it leaves out, and the type only when it is one', () => {
    const some = bulkRemedies([ofColumn('a', type('a', 'text')), ofColumn('b', type('b', 'text')), ofColumn('c')]);
    expect(some[0]?.text).toBe('Take text for 2 of 3 columns');
    const mixed = bulkRemedies([ofColumn('a', type('a', 'text')), ofColumn('b', type('b', 'bytea'))]);
    expect(mixed[0]?.text).toBe('Take the proposed type for both columns');
  });

  test('what is done once for a table serves all of its columns', () => {
    const aside = (table: string): Change => ({ kind: 'keep aside', table, percent: 10 });
    const both = [ofColumn('a', nulls('a'), aside('orders')), ofColumn('b', aside('orders'))];
    expect(bulkRemedies(both)).toEqual([
      { kind: 'keep aside', changes: [aside('orders')], text: 'Keep rows of orders that do not fit aside' },
    ]);
    const [across] = bulkRemedies([...both, ofColumn('c', aside('items'))]);
    expect(across).toMatchObject({ changes: [aside('orders'), aside('items')] });
    expect(across?.text).toBe('Keep such rows of both tables aside in quarantine');
  });

  test('of several changes of one kind the first is taken, and a lone finding has no bulk', () => {
    const two = [ofColumn('a', type('a', 'x'), type('a', 'y')), ofColumn('b', type('b', 'x'))];
    expect(bulkRemedies(two)[0]?.changes).toEqual([type('a', 'x'), type('b', 'x')]);
    expect(bulkRemedies(two.slice(0, 1))).toEqual([]);
  });
});

describe('tables', () => {
  test('the fate of a name in the target', () => {
    expect(fateOf(table('t'))).toBe('new');
    expect(fateOf(table('t', { existing: { rows: 0, empty: true } }))).toBe('replaces empty');
    expect(fateOf(table('t', { existing: { rows: 5, empty: false } }))).toBe('refused');
    expect(fateOf(table('t', { existing: { rows: 5, empty: false }, mode: 'replace' }))).toBe('replaces');
  });

  test('sizes that the source does not state are not counted as nothing', () => {
    expect(totalsOf(planOf([table('a'), table('b')]))).toMatchObject({ rows: 20, bytes: null });
    const known = table('c', { estimate: { rows: 1, bytes: 7 } });
    expect(totalsOf(planOf([table('a'), known])).bytes).toBe(7);
  });

  test('tables of a cycle share a place and name each other', () => {
    const plan = planOf([table('a'), table('b'), table('c')], { order: [['c'], ['a', 'b']] });
    expect(orderOf(plan).map(({ position, table: { source }, cycle }) => [position, source, cycle])).toEqual([
      [1, 'c', []],
      [2, 'a', ['b']],
      [2, 'b', ['a']],
    ]);
    expect(cyclesOf(plan)).toEqual([['a', 'b']]);
  });

  test('what is said of a target table leads to the source table it comes from', () => {
    const plan = planOf([table('kunden', { target: emptyTable('customers') })]);
    expect(fieldOf(plan, finding('note', 'n', { place: { side: 'target', table: 'customers' } }))).toEqual({
      table: 'kunden',
    });
    expect(fieldOf(plan, finding('note', 'n', { place: { side: 'target', table: 'other' } }))).toBeNull();
    expect(fieldOf(plan, finding('note', 'n'))).toBeNull();
  });

  test('statements stand in the order of the run, each ended once', () => {
    const ddl = {
      relate: [{ sql: 'ALTER TABLE t;', purpose: 'relate' }],
      index: [{ sql: 'CREATE INDEX i', purpose: 'index' }],
      create: [{ sql: 'CREATE TABLE t ()', purpose: 'create\ntable' }],
    };
    expect(ddlOf(table('t', { ddl }))).toBe(
      '-- create table\nCREATE TABLE t ();\n\n-- index\nCREATE INDEX i;\n\n-- relate\nALTER TABLE t;',
    );
  });
});

test('what does not arrive: lost structure and objects, but no blocker', () => {
  const findings = [
    finding('note', 'not-carried.view'),
    finding('warning', 'structure.index-dropped'),
    finding('blocker', 'structure.foreign-key'),
    finding('warning', 'value.parsed'),
  ];
  expect(lossesIn(findings).map(({ code }) => code)).toEqual(['not-carried.view', 'structure.index-dropped']);
  const objects = [
    { kind: 'view', name: 'v', table: null },
    { kind: 'extension', name: 'plpgsql', table: null },
  ] as const;
  expect(objectsLeft(objects, findings)).toEqual([objects[0]]);
});

test('every way a plan can fail has a way out', () => {
  const kinds = (code: ErrorCode, where = {}) =>
    waysOut(new DroverError(code, '', { where }).data).map(({ kind }) => kind);
  expect(kinds('plan.target-has-rows')[0]).toBe('replace all');
  expect(kinds('connect.unreachable')[0]).toBe('connect');
  expect(kinds('support.disconnected')).toEqual(['plan again']);
  const drift = new DroverError('project.drift', '', { where: { side: 'source', table: 't', column: 'c' } });
  expect(waysOut(drift.data)[0]).toEqual({ kind: 'map', table: 't', column: 'c' });
});
