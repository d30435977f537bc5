// The mapping screen's own logic: keys, edits, rows, lines, what is known to be wrong.

import { describe, expect, it } from 'vitest';
import { canvasRows, linePath, linesSeen } from '../../src/renderer/features/map/model/canvas.ts';
import {
  addColumn,
  connect,
  type Edit,
  moveColumn,
  nullMisfits,
  renameColumn,
  renameTable,
  retype,
  setFilter,
  setMode,
  skipColumn,
  skipTable,
} from '../../src/renderer/features/map/model/edits.ts';
import { handworkOf } from '../../src/renderer/features/map/model/handwork.ts';
import { collisionsIn, hasPlace, issuesOf, worst } from '../../src/renderer/features/map/model/issues.ts';
import { byKey, keysOf } from '../../src/renderer/features/map/model/keys.ts';
import { noNullFor } from '../../src/renderer/features/map/model/misfits.ts';
import { renamesBetween } from '../../src/renderer/features/map/model/renames.ts';
import { columnRows, tableRows, treeRows } from '../../src/renderer/features/map/model/rows.ts';
import { outcomeOf, widthsOf } from '../../src/renderer/features/map/model/sample.ts';
import { findColumns } from '../../src/renderer/features/map/model/search.ts';
import { shortType } from '../../src/renderer/features/map/model/short-type.ts';
import { standingOf, tableThere } from '../../src/renderer/features/map/model/standing.ts';
import { DroverError } from '../../src/shared/errors.ts';
import type { Finding } from '../../src/shared/model/finding.ts';
import type { ColumnMapping, Project, TableMapping } from '../../src/shared/model/mapping.ts';
import type { Overview } from '../../src/shared/model/overview.ts';
import type { Preview } from '../../src/shared/model/preview.ts';

const column = (source: string, more: Partial<ColumnMapping> = {}): ColumnMapping => ({
  source,
  target: source,
  type: 'text',
  ...more,
});

const table = (source: string, columns: ColumnMapping[], more: Partial<TableMapping> = {}): TableMapping => ({
  source,
  target: source,
  columns,
  ...more,
});

const project = (...tables: TableMapping[]): Project => ({
  drover: 1,
  name: 'shop',
  source: { url: 'sqlite:a.db', fingerprint: '' },
  target: { url: 'sqlite:b.db', fingerprint: '' },
  naming: 'keep',
  tables,
});

const shop = project(
  table('customers', [column('id'), column('mail'), column('note')]),
  table('orders', [column('id'), column('total')]),
);

const edited = ({ edit }: Edit, before = shop): Project => edit(before);
const columnsOf = ({ tables }: Project, at = 0): string[] =>
  tables[at]!.columns.map(({ source, target, skip }) => `${source}>${target}${skip ? ' skipped' : ''}`);

describe('keys', () => {
  it('tell columns of one source apart, and never give one key twice', () => {
    expect(keysOf([column('a'), column('a#2'), column('a'), column('b')])).toEqual(['a', 'a#2', 'a#3', 'b']);
  });

  it('lead back to what they stand for', () => {
    const mapped = [column('a', { target: 'x' }), column('a', { target: 'y' })];
    expect(byKey(mapped, 'a#2')?.target).toBe('y');
    expect(byKey(mapped, 'c')).toBeNull();
  });
});

describe('edits', () => {
  it('change one thing, leave the rest the same objects, and say it as a person would', () => {
    const edit = renameColumn({ table: 'customers', column: 'mail' }, 'email');
    expect(edit.what).toBe('Rename customers.mail to email');
    expect(columnsOf(edited(edit))).toEqual(['id>id', 'mail>email', 'note>note']);
    expect(edited(edit).tables[1]).toBe(shop.tables[1]);
    expect(shop.tables[0]!.columns[1]!.target).toBe('mail');
  });

  it('give back the very same project when there is nothing to do', () => {
    const nothing = [
      renameTable('customers', 'customers'),
      renameTable('gone', 'x'),
      retype({ table: 'orders', column: 'total' }, 'text'),
      skipColumn({ table: 'orders', column: 'gone' }, true),
      setFilter('orders', '  '),
      setMode('orders', null),
      moveColumn({ table: 'orders', column: 'id' }, -1),
    ];
    for (const edit of nothing) expect(edited(edit), edit.what).toBe(shop);
  });

  it('leave no trace once taken back', () => {
    const out = edited(skipTable('orders', true));
    expect(out.tables[1]).toMatchObject({ skip: true });
    expect(edited(skipTable('orders', false), out).tables[1]).toEqual(shop.tables[1]);
    const nulled = edited(nullMisfits({ table: 'orders', column: 'total' }, true));
    expect(nulled.tables[1]!.columns[1]).toMatchObject({ unrepresentable: 'null' });
    expect(edited(nullMisfits({ table: 'orders', column: 'total' }, false), nulled)).toEqual(shop);
    const filtered = edited(setFilter('orders', 'total > 1'));
    expect(edited(setFilter('orders', ''), filtered)).toEqual(shop);
    expect(edited(setMode('orders', null), edited(setMode('orders', 'replace')))).toEqual(shop);
  });

  it('connect takes a column that was left out, and frees the one it had', () => {
    const out = edited(skipColumn({ table: 'customers', column: 'mail' }, true));
    const connected = edited(connect({ table: 'customers', column: 'mail' }, 'note'), out);
    expect(columnsOf(connected)).toEqual(['id>id', 'note>mail', 'note>note']);
    expect(columnRows('customers', connected.tables[0]!, ['id', 'mail', 'note']).at(-1)).toMatchObject({
      kind: 'unmapped',
      column: 'mail',
    });
  });

  it('add a column under a name that is free', () => {
    expect(columnsOf(edited(addColumn('customers', column('phone', { target: 'Mail' }))))).toContain('phone>Mail_2');
  });

  it('move a column, as far as there is room', () => {
    const at = { table: 'customers', column: 'id' };
    expect(columnsOf(edited(moveColumn(at, 1)))).toEqual(['mail>mail', 'id>id', 'note>note']);
    expect(columnsOf(edited(moveColumn(at, 99)))).toEqual(['mail>mail', 'note>note', 'id>id']);
  });
});

describe('rows', () => {
  it('narrow by either name, and open to columns, mapped and unmapped', () => {
    const renamed = edited(renameTable('orders', 'sales'));
    expect(tableRows(renamed.tables, ' SAL').map((row) => row.table)).toEqual(['orders']);
    const rows = treeRows(renamed.tables, '', new Set(['orders']), () => ['id', 'total', 'vat']);
    expect(rows.map(({ kind, id }) => `${kind} ${id.replace('\n', '.')}`)).toEqual([
      'table customers',
      'table orders',
      'column orders.id',
      'column orders.total',
      'unmapped orders.vat',
    ]);
  });
});

describe('canvas', () => {
  const crossed = table('t', [column('c'), column('b', { skip: true }), column('a'), column('c', { target: 'c2' })]);

  it('draws a line for every column that moves, from the place it has in the source', () => {
    const { lines, sources } = canvasRows(crossed, ['a', 'b', 'c', 'd'], '');
    expect(sources).toEqual(['a', 'b', 'c', 'd']);
    expect(lines).toEqual([
      { column: 'c', from: 2, to: 0 },
      { column: 'a', from: 0, to: 2 },
      { column: 'c#2', from: 2, to: 3 },
    ]);
  });

  it('narrows both sides so that no line loses an end, and keeps the true places', () => {
    const { sources, targets, lines } = canvasRows(crossed, ['a', 'b', 'c', 'd'], 'c2');
    expect(sources).toEqual(['c']);
    expect(targets.map(({ column: key, place }) => [key, place])).toEqual([['c#2', 3]]);
    expect(lines).toEqual([{ column: 'c#2', from: 0, to: 0 }]);
  });

  it('sees a line that runs through, and none that passes by', () => {
    const lines = [
      { column: 'through', from: 0, to: 900 },
      { column: 'above', from: 0, to: 9 },
      { column: 'below', from: 41, to: 60 },
    ];
    expect(linesSeen(lines, 10, 40).map((line) => line.column)).toEqual(['through']);
    expect(linePath(0, 1, 28, 100)).toBe('M0 14 C50 14 50 42 100 42');
  });
});

const found = (more: Partial<Finding>): Finding => ({
  code: 'value.x',
  severity: 'warning',
  place: { side: 'source', table: 'customers' },
  message: 'Something is so.',
  remedies: [],
  ...more,
});

describe('issues', () => {
  const none = () => [];

  it('join findings of the plan with its error, each at the place that caused it', () => {
    const { data } = new DroverError('project.invalid', 'No such type.', {
      hint: 'Correct it.',
      where: { side: 'project', table: 'orders', column: 'total' },
    });
    const planned = (name: string) => (name === 'customers' ? [found({})] : []);
    const issues = issuesOf({ project: shop, family: 'postgres', planned, error: data });
    expect(worst(issues('customers', null))).toBe('warning');
    expect(issues('customers', 'id')).toEqual([]);
    expect(issues('orders', 'total')).toMatchObject([{ severity: 'blocker', remedies: [{ text: 'Correct it.' }] }]);
    expect(issues('orders', null)).toEqual([]);
  });

  it('know what the target calls a table, and which errors have no place', () => {
    const renamed = edited(renameTable('orders', 'sales'));
    const stands = new DroverError('plan.target-has-rows', 'There are rows.', {
      where: { side: 'target', table: 'sales' },
    }).data;
    expect(issuesOf({ project: renamed, family: null, planned: none, error: stands })('orders')).toHaveLength(1);
    expect(hasPlace(stands, shop)).toBe(false);
    expect(hasPlace(new DroverError('connect.lost', 'Gone.').data, shop)).toBe(false);
  });

  it('see names given twice as the target would, unless one is left out', () => {
    const twice = edited(renameColumn({ table: 'customers', column: 'mail' }, 'ID'));
    const at = (family: 'postgres' | 'mysql', of = twice) =>
      issuesOf({ project: of, family, planned: none, error: null })('customers', 'mail');
    expect(at('postgres')).toEqual([]);
    expect(at('mysql')).toMatchObject([{ code: 'map.name-collision', severity: 'blocker' }]);
    expect(at('mysql', edited(skipColumn({ table: 'customers', column: 'id' }, true), twice))).toEqual([]);
    const tables = edited(renameTable('orders', 'customers'));
    const issues = issuesOf({ project: tables, family: 'postgres', planned: none, error: null });
    expect(issues('orders')[0]?.remedies[1]?.change).toEqual({ kind: 'skip table', table: 'orders' });
  });

  it('tell every name that a naming policy would give twice, before it is taken', () => {
    const parts = project(table('Order', [column('Id', { target: 'id' }), column('ID', { target: 'id' })]));
    expect(collisionsIn(parts, 'postgres').map(({ message, place }) => [place.table, place.column, message])).toEqual([
      ['Order', 'ID', 'Id and ID would both become id.'],
    ]);
    expect(collisionsIn(edited(renameTable('orders', 'customers')), 'postgres')).toHaveLength(1);
    expect(collisionsIn(edited(skipTable('orders', true), edited(renameTable('orders', 'customers'))), null)).toEqual(
      [],
    );
  });

  it('say a collision once, though the plan says it too', () => {
    const twice = edited(renameColumn({ table: 'customers', column: 'mail' }, 'id'));
    const error = new DroverError('map.name-collision', 'Twice.', { where: { side: 'project', table: 'customers' } });
    expect(issuesOf({ project: twice, family: 'sqlite', planned: none, error: error.data })('customers')).toHaveLength(
      1,
    );
  });
});

describe('values that do not fit', () => {
  it('may become NULL only where NULL may stand', () => {
    expect(noNullFor(column('a'), { nullable: true })).toBeNull();
    expect(noNullFor(column('a'), null)).toBeNull();
    expect(noNullFor(column('a'), { nullable: false })).toContain('The source never holds NULL');
    expect(noNullFor(column('a', { nullable: true }), { nullable: false })).toContain('The source never holds NULL');
    expect(noNullFor(column('a', { nullable: false }), { nullable: true })).toContain('never NULL in the target');
  });
});

const overview = (family: 'postgres' | 'sqlite', ...names: string[]): Overview => ({
  server: { family, variant: family === 'sqlite' ? 'SQLite' : 'PostgreSQL', version: '1', versionNumber: 1 },
  database: 'd',
  schema: null,
  fingerprint: '',
  objects: [],
  tables: names.map((name) => ({
    name,
    kind: 'table',
    rows: 3,
    bytes: null,
    columns: 1,
    primaryKey: [],
    uniques: 0,
    indexes: 0,
    checks: 0,
    references: [],
    dependants: 0,
    comment: null,
  })),
});

describe('standing', () => {
  const orders = shop.tables[1]!;

  it('tells new from replaced, refused and left out', () => {
    const there = overview('postgres', 'orders');
    expect(standingOf(orders, shop, null)).toBe('unknown');
    expect(standingOf(orders, shop, overview('postgres'))).toBe('new');
    expect(standingOf(orders, shop, there)).toBe('exists');
    expect(standingOf(orders, { mode: 'replace' }, there)).toBe('replaces');
    expect(standingOf({ ...orders, mode: 'create' }, { mode: 'replace' }, there)).toBe('exists');
    expect(standingOf({ ...orders, skip: true }, shop, there)).toBe('skipped');
  });

  it('compares names as the target does', () => {
    expect(tableThere('ORDERS', overview('sqlite', 'orders'))?.name).toBe('orders');
    expect(tableThere('ORDERS', overview('postgres', 'orders'))).toBeNull();
  });
});

describe('search', () => {
  it('finds columns of all tables by either name, the closest first', () => {
    const renamed = edited(renameColumn({ table: 'orders', column: 'total' }, 'id_total'));
    const { columns, more } = findColumns(renamed.tables, 'ID', 2);
    expect(columns.map((each) => `${each.table}.${each.column}`)).toEqual(['customers.id', 'orders.id']);
    expect(more).toBe(1);
    expect(findColumns(renamed.tables, ' ', 2).columns).toEqual([]);
  });
});

describe('before something is lost', () => {
  it('handwork is counted in words', () => {
    expect(handworkOf(shop)).toEqual([]);
    const worked = [skipTable('orders', true), setFilter('customers', 'id > 1')].reduce(
      (now, edit) => edited(edit, now),
      shop,
    );
    expect(handworkOf(worked)).toEqual(['1 table left out', '1 filter']);
  });

  it('every rename is listed, of tables and of columns', () => {
    const before = edited(renameTable('orders', 'Orders'));
    const next = edited(renameColumn({ table: 'orders', column: 'id' }, 'order_id'));
    expect(renamesBetween(before, next)).toMatchObject([
      { table: 'orders', column: null, from: 'Orders', to: 'orders' },
      { table: 'orders', column: 'id', from: 'id', to: 'order_id' },
    ]);
  });
});

describe('sample', () => {
  const preview: Preview = {
    columns: [
      {
        source: 'a',
        target: 'a',
        sourceType: 'text',
        targetType: 'date',
        changed: 1,
        nulled: 0,
        refused: 2,
        reason: 'No date.',
      },
    ],
    rows: [
      [{ before: '2024-01-01', after: '2024-01-01', state: 'same' }],
      [{ before: '2024-01-01 00:00', after: '2024-01-01', state: 'changed' }],
    ],
    broken: [],
  };

  it('says what becomes of a column, worst first, and makes room for the widest cell', () => {
    expect(outcomeOf(preview.columns[0]!)).toBe('2 refused · 1 changed');
    expect(outcomeOf({ ...preview.columns[0]!, changed: 0, refused: 0 })).toBe('');
    expect(widthsOf(preview)).toEqual([31]);
  });
});

it('writes types in narrow places as people do', () => {
  const short = (type: string) => shortType(type);
  expect(['character varying(120)', 'character(3)', 'character varying[]'].map(short)).toEqual([
    'varchar(120)',
    'char(3)',
    'varchar[]',
  ]);
  expect(short('timestamp(3) with time zone')).toBe('timestamptz(3)');
  expect(short('timestamp without time zone')).toBe('timestamp');
  expect(['int(11) unsigned', 'my_character', 'double precision'].map(short)).toEqual([
    'int(11) unsigned',
    'my_character',
    'double precision',
  ]);
});
