// What a mapping can do beyond its columns, as pure edits: computed columns, tables read otherwise, keys, rules, and names that follow.

import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/engine/pipeline/transforms/chain.ts';
import { canvasRows, readsSeen } from '../../src/renderer/features/map/model/canvas.ts';
import {
  addComputed,
  newComputed,
  originText,
  removeColumn,
  setOrigin,
  takenOut,
} from '../../src/renderer/features/map/model/computed.ts';
import { connect, type Edit, renameColumn, renameTable } from '../../src/renderer/features/map/model/edits.ts';
import { feedingsIn, joinTable, makingTables, partTable } from '../../src/renderer/features/map/model/feeds.ts';
import { handworkOf } from '../../src/renderer/features/map/model/handwork.ts';
import { issuesOf } from '../../src/renderer/features/map/model/issues.ts';
import { withLookedInto } from '../../src/renderer/features/map/model/lookups.ts';
import { columnsRead } from '../../src/renderer/features/map/model/reads.ts';
import { columnsInTarget, tablesOfTarget } from '../../src/renderer/features/map/model/target-names.ts';
import {
  addTable,
  freeTableNames,
  limitWords,
  otherUses,
  readingOf,
  removeTable,
  setKey,
  setLimit,
  setQuery,
  setRowKey,
  viewsOf,
} from '../../src/renderer/features/map/model/uses.ts';
import { formOf, rulesFor } from '../../src/renderer/features/map/rules/catalogue.ts';
import {
  addRule,
  addSqlRule,
  changeRule,
  changeSqlRule,
  moveRule,
  removeRule,
  removeSqlRule,
} from '../../src/renderer/features/map/rules/edits.ts';
import { draftOf, readForm } from '../../src/renderer/features/map/steps/draft.ts';
import { addSteps } from '../../src/renderer/features/map/steps/edits.ts';
import { fieldsOf } from '../../src/renderer/features/map/steps/fields.ts';
import type { ColumnMapping, Project, TableMapping } from '../../src/shared/model/mapping.ts';
import type { Overview } from '../../src/shared/model/overview.ts';
import { type Rule, rule, type SqlRule } from '../../src/shared/model/rule.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { applyChange } from '../../src/shared/remedy.ts';

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
  table('customers', [column('id'), column('mail')]),
  table('orders', [column('id'), column('customer')]),
);

const done = (before: Project, ...edits: Edit[]): Project => edits.reduce((now, { edit }) => edit(now), before);

describe('computed columns', () => {
  const full = { ...newComputed('expression', shop.tables[0]!, ['id', 'mail'], 'postgres'), type: 'text' };

  it('begin as something that the source takes, under a name that neither side has', () => {
    expect(full).toEqual({
      source: 'computed',
      target: 'computed',
      type: 'text',
      from: { kind: 'expression', sql: 'mail' },
    });
    const taken = table('t', [column('a', { target: 'Computed' }), column('computed_2')]);
    expect(newComputed('expression', taken, ['computed_3', 'Odd `name'], 'mysql')).toMatchObject({
      source: 'computed_4',
      from: { sql: '`Odd ``name`' },
    });
    expect(newComputed('expression', taken, [], 'sqlite').from).toEqual({ kind: 'expression', sql: '1' });
    expect(newComputed('constant', taken, [], 'sqlite').from).toEqual({ kind: 'constant', value: '' });
    expect(newComputed('sequence', taken, [], 'sqlite')).toMatchObject({
      source: 'new_id',
      from: { kind: 'sequence' },
    });
  });

  it('are added, changed and removed; a column of the source is left out instead', () => {
    const at = { table: 'customers', column: 'computed' };
    const added = done(shop, addComputed('customers', full));
    expect(added.tables[0]!.columns).toHaveLength(3);
    const from = { kind: 'expression', sql: 'lower(mail)' } as const;
    const changed = done(added, setOrigin(at, from, 'varchar(80)'));
    expect(changed.tables[0]!.columns[2]).toEqual({ ...full, from, type: 'varchar(80)' });
    expect(done(changed, setOrigin(at, from))).toBe(changed);
    expect(done(changed, removeColumn(at))).toEqual(shop);
    expect(done(changed, takenOut(at, changed.tables[0]!.columns[2]!))).toEqual(shop);
    const own = { table: 'customers', column: 'mail' };
    expect(done(shop, takenOut(own, shop.tables[0]!.columns[1]!)).tables[0]!.columns[1]).toMatchObject({ skip: true });
    // What takes its values from a column of the source is computed no more.
    expect(done(changed, connect(at, 'mail')).tables[0]!.columns[2]).toStrictEqual({
      source: 'mail',
      target: 'computed',
      type: 'varchar(80)',
    });
  });

  it('say what they are', () => {
    expect(originText({ kind: 'expression', sql: ' a\n  + b ' })).toBe('a + b');
    expect(originText({ kind: 'constant', value: null })).toBe('constant NULL');
    expect(originText({ kind: 'constant', value: 'eu' })).toBe('constant ‘eu’');
    expect(originText({ kind: 'sequence', start: 100 })).toBe('numbered from 100');
  });
});

describe('lines of the canvas', () => {
  it('run from computed columns, and thinner from all that steps and expressions read', () => {
    const mapping = table('t', [
      column('first', { target: 'name', steps: [{ do: 'concat', columns: ['last'] }] }),
      column('sum', { from: { kind: 'expression', sql: `price * "Qty" -- first` } }),
      column('eu', { from: { kind: 'constant', value: 'first' } }),
    ]);
    const { sources, lines, reads, computed } = canvasRows(mapping, ['first', 'last', 'price', 'Qty'], '');
    expect(sources).toEqual(['first', 'last', 'price', 'Qty', 'sum', 'eu']);
    expect([...computed.keys()]).toEqual(['sum', 'eu']);
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [4, 1],
      [5, 2],
    ]);
    expect(reads).toEqual([
      { column: 'first', from: 1, to: 0 },
      { column: 'sum', from: 2, to: 1 },
      { column: 'sum', from: 3, to: 1 },
    ]);
    // Narrowed to one column, what goes into it stays with it.
    expect(canvasRows(mapping, ['first', 'last', 'price', 'Qty'], 'sum').sources).toEqual(['price', 'Qty', 'sum']);
  });

  it('do not become a blot where a column reads many that are out of sight', () => {
    const many = Array.from({ length: 200 }, (_, from) => ({ column: 'sum', from, to: 999 }));
    const few = { column: 'name', from: 3, to: 999 };
    expect(readsSeen([...many, few], 198, 1000)).toEqual([...many.slice(198), few]);
    expect(readsSeen([...many, few], 300, 400)).toEqual([few]);
  });

  it('agree with the engine about steps', () => {
    const steps: Transform[] = [
      { do: 'concat', columns: ['a', 'b'] },
      { do: 'template', template: '{{x}} {} {c}' },
      { do: 'json', fields: { k: 'd' } },
      { do: 'lookup', in: 't', match: 'm', take: 'n' },
    ];
    expect(columnsRead(column('own', { steps }), new Map())).toEqual([...columnsOf(steps)]);
  });
});

describe('what is read', () => {
  const overview = {
    tables: [{ name: 'customers' }],
    objects: [
      { kind: 'view', name: 'v', table: null },
      { kind: 'trigger', name: 'tr', table: 'customers' },
      { kind: 'materialized view', name: 'm', table: null },
    ],
  } as unknown as Overview;

  it('is a table, another use of one, a view or a SELECT', () => {
    const of = (more: Partial<TableMapping>, source = 'customers') => readingOf(table(source, [], more), overview);
    expect([of({}), of({ table: 'customers' }), of({}, 'v'), of({ table: 'm' }), of({ query: 'SELECT 1' })]).toEqual([
      'table',
      'again',
      'view',
      'view',
      'query',
    ]);
    expect(viewsOf(overview)).toEqual(['v', 'm']);
  });

  it('one table feeds several', () => {
    const more = table('address', [], { table: 'customers' });
    expect(otherUses([...shop.tables, more], 'customers')).toEqual(['address']);
    expect(otherUses([...shop.tables, more], 'address')).toEqual(['customers']);
    expect(otherUses(shop.tables, 'orders')).toEqual([]);
  });

  it('is added under a free name, and removed', () => {
    expect(freeTableNames({ source: 'customers', target: 'customers' }, shop.tables, ['customers_2'])).toEqual({
      source: 'customers_3',
      target: 'customers_2',
    });
    const added = table('cities', [column('city')], { query: 'SELECT city' });
    const now = done(shop, addTable(added), setQuery('cities', 'SELECT 2'), setRowKey('cities', ['city']));
    expect(now.tables[2]).toEqual({ ...added, query: 'SELECT 2', rowKey: ['city'] });
    expect(done(now, setQuery('cities', ' '), setRowKey('cities', ['city']))).toBe(now);
    expect(done(now, removeTable('cities'))).toEqual(shop);
    expect(done(shop, removeTable('gone'))).toBe(shop);
  });

  it('is limited in a rehearsal, in words', () => {
    expect(limitWords(undefined)).toBeNull();
    expect(limitWords({ kind: 'first', rows: 1000 })).toBe('only the first 1,000 rows');
    expect(limitWords({ kind: 'first', rows: 1 })).toBe('only the first row');
    const nths = [2, 3, 11, 21, 112].map((nth) => limitWords({ kind: 'every', nth }));
    expect(nths.map((words) => words?.split(' ')[2])).toEqual(['2nd', '3rd', '11th', '21st', '112th']);
    const limited = done(shop, setLimit('orders', { kind: 'every', nth: 3 }));
    expect(limited.tables[1]!.limit).toEqual({ kind: 'every', nth: 3 });
    expect(done(limited, setLimit('orders', { kind: 'every', nth: 3 }))).toBe(limited);
    expect(done(limited, setLimit('orders', null))).toEqual(shop);
  });

  it('is known to the target by names', () => {
    const target = { tables: [{ name: 'orders' }, { name: 'old' }] } as unknown as Overview;
    const tables = [...shop.tables, table('gone', [], { skip: true })];
    expect(tablesOfTarget(tables, target)).toEqual(['customers', 'orders', 'old']);
    expect(columnsInTarget(table('t', [column('a', { target: 'b' }), column('c', { skip: true })]))).toEqual(['b']);
  });
});

describe('keys', () => {
  it('are declared one kind at a time, and leave no trace when they are as in the source', () => {
    const keyed = done(shop, setKey('orders', 'primary', ['id']), setKey('orders', 'unique', []));
    expect(keyed.tables[1]!.keys).toEqual({ primary: ['id'], unique: [] });
    expect(done(keyed, setKey('orders', 'primary', ['id']))).toBe(keyed);
    expect(done(keyed, setKey('orders', 'unique', null), setKey('orders', 'primary', null))).toEqual(shop);
  });
});

describe('rules', () => {
  const needed: Rule = { rule: 'required', column: 'mail' };
  const ranged: Rule = { rule: 'range', column: 'id', min: '0' };

  it('are added, changed, moved and removed', () => {
    const two = done(shop, addRule('customers', needed), addRule('customers', ranged));
    expect(two.tables[0]!.rules).toEqual([needed, ranged]);
    expect(done(two, moveRule('customers', ranged, 1, 0)).tables[0]!.rules).toEqual([ranged, needed]);
    expect(done(two, changeRule('customers', 0, needed))).toBe(two);
    expect(done(two, changeRule('customers', 0, { ...needed, onBreak: 'warn' })).tables[0]!.rules![0]).toMatchObject({
      onBreak: 'warn',
    });
    expect(done(two, removeRule('customers', needed, 0), removeRule('customers', ranged, 0))).toEqual(shop);
    expect(addRule('customers', ranged).what).toBe('Add to customers the rule id: at least 0');
  });

  it('of the databases as a whole likewise', () => {
    const whole: SqlRule = { name: 'all paid', on: 'target', query: 'SELECT 1' };
    const one = done(shop, addSqlRule(whole));
    expect(one.rules).toEqual([whole]);
    expect(done(one, changeSqlRule(0, whole))).toBe(one);
    expect(done(one, changeSqlRule(0, { ...whole, onBreak: 'warn' })).rules![0]!.onBreak).toBe('warn');
    expect(done(one, removeSqlRule(0, whole))).toEqual(shop);
  });

  it('have a form each, from their schema', () => {
    const rules: Rule[] = [
      needed,
      ranged,
      { rule: 'unique', columns: ['a', 'b'], onBreak: 'quarantine' },
      { rule: 'length', column: 'a', max: 10 },
      { rule: 'format', column: 'a', is: 'email' },
      { rule: 'matches', column: 'a', pattern: '^x' },
      { rule: 'not in the future', column: 'a' },
      { rule: 'one of', column: 'a', values: ['x', 'y'] },
      { rule: 'exists', column: 'a', in: 't', match: 'b' },
      { rule: 'compare', column: 'a', is: '<=', to: 'b' },
      { rule: 'items', column: 'a', least: 0, fields: [{ name: 'q', above: '0' }, { name: 'p' }] },
    ];
    expect(rules.map((each) => each.rule).toSorted()).toEqual(
      rule.options.map(({ shape }) => shape.rule.value).toSorted(),
    );
    for (const each of rules) {
      const form = formOf(each.rule);
      expect(form.about).not.toBe('');
      expect(readForm(form, draftOf(each, form.fields))).toEqual({ value: each, wrong: {} });
    }
    expect(rulesFor('mail').map(({ name }) => name)).toEqual(['format']);
  });

  it('say what is missing', () => {
    expect(readForm(formOf('range'), { column: 'a' })).toEqual({
      value: null,
      wrong: { min: 'One of the two is needed.' },
    });
    expect(readForm(formOf('compare'), { column: 'a' }).wrong).toEqual({ is: 'Needed.', to: 'Needed.' });
  });

  it('and lookups offer what there is in the target', () => {
    const holds = (fields: ReturnType<typeof fieldsOf>) => fields.map((field) => ('holds' in field ? field.holds : ''));
    expect(holds(fieldsOf('lookup')).slice(0, 3)).toEqual(['target table', 'its column', 'its column']);
    expect(holds(formOf('exists').fields).slice(0, 3)).toEqual(['column', 'target table', 'its column']);
  });
});

describe('a new name', () => {
  const lookup: Transform = { do: 'lookup', in: 'customers', match: 'id', take: 'mail' };
  const bound = project(
    table('customers', [column('id'), column('mail')], {
      keys: { primary: ['id'], unique: [['mail', 'id']] },
      rules: [
        { rule: 'unique', columns: ['id', 'mail'] },
        { rule: 'compare', column: 'id', is: '<>', to: 'mail' },
      ],
    }),
    table('orders', [column('id'), column('customer', { steps: [lookup, { do: 'trim' }] })], {
      keys: { references: [{ columns: ['customer'], table: 'customers', to: ['id'] }] },
      rules: [{ rule: 'exists', column: 'customer', in: 'customers', match: 'id' }],
    }),
  );

  it('of a column is followed by keys, rules and lookups, here and elsewhere', () => {
    const { tables } = done(bound, renameColumn({ table: 'customers', column: 'id' }, 'nr'));
    expect(tables[0]!.keys).toEqual({ primary: ['nr'], unique: [['mail', 'nr']] });
    expect(tables[0]!.rules).toMatchObject([{ columns: ['nr', 'mail'] }, { column: 'nr', to: 'mail' }]);
    expect(tables[1]!.columns[1]!.steps).toEqual([{ ...lookup, match: 'nr' }, { do: 'trim' }]);
    expect(tables[1]!.keys!.references).toEqual([{ columns: ['customer'], table: 'customers', to: ['nr'] }]);
    expect(tables[1]!.rules).toMatchObject([{ column: 'customer', match: 'nr' }]);
    // "id" of another table is another column.
    expect(tables[1]!.columns[0]).toBe(bound.tables[1]!.columns[0]);
  });

  it('of a table is followed, also when a remedy gives it', () => {
    for (const { tables } of [
      done(bound, renameTable('customers', 'client')),
      applyChange(bound, { kind: 'rename table', table: 'customers', to: 'client' }),
    ]) {
      expect(tables[1]!.columns[1]!.steps![0]).toMatchObject({ in: 'client', match: 'id' });
      expect(tables[1]!.keys!.references![0]).toMatchObject({ table: 'client', to: ['id'] });
      expect(tables[1]!.rules![0]).toMatchObject({ in: 'client' });
    }
  });

  it('leaves what nobody speaks of as it is', () => {
    const renamed = done(shop, renameTable('customers', 'client'));
    expect(renamed.tables[1]).toBe(shop.tables[1]);
  });
});

describe('a look at a table', () => {
  it('takes those along that its steps look into, and those that these look into', () => {
    const into = (name: string) => column(`to ${name}`, { steps: [{ do: 'lookup', in: name, match: 'm', take: 't' }] });
    const [a, b, c, d] = [
      table('a', [into('b')]),
      table('b', [into('c'), into('a')]),
      table('c', [into('standing')]),
      table('d', []),
    ];
    expect(withLookedInto([a!, b!, c!, d!], a!).map(({ source }) => source)).toEqual(['a', 'b', 'c']);
  });
});

describe('mapping anew', () => {
  it('says that what was added would be lost', () => {
    const made = project(
      table('a', [column('x', { from: { kind: 'sequence' } })], {
        table: 'b',
        limit: { kind: 'first', rows: 1 },
        keys: { primary: ['x'] },
        rules: [{ rule: 'required', column: 'x' }],
      }),
    );
    expect(handworkOf({ ...made, rules: [{ name: 'n', on: 'target', query: 'SELECT 1' }] })).toEqual([
      '1 table added',
      '1 computed column',
      '1 rehearsal',
      '1 table with declared keys',
      '2 rules',
    ]);
  });

  it('several steps are one change', () => {
    const at = { table: 'customers', column: 'mail' };
    const edit = addSteps(at, [{ do: 'trim' }, { do: 'mask', kind: 'email' }], 'Mask');
    expect(edit.what).toBe('Mask (customers.mail)');
    expect(done(shop, edit).tables[0]!.columns[1]!.steps).toHaveLength(2);
  });
});

describe('tables that feed one together', () => {
  const first = table('eu', [column('id', { type: 'bigint' }), column('name')], { target: 'person' });
  const second = table('us', [column('id', { type: 'integer' }), column('title')], { mode: 'replace', skip: true });
  const rules: Rule[] = [{ rule: 'required', column: 'title' }];
  const looking = column('who', { steps: [{ do: 'lookup', in: 'person', match: 'name', take: 'id' }] });
  const start = { ...shop, tables: [first, { ...second, rules }, table('visits', [looking])] };
  const joined = joinTable('us', 'eu').edit(start);

  it('are brought together with the types that are there, and parted under a free name', () => {
    expect(joined.tables[1]).toMatchObject({ target: 'person', joins: true, columns: [{ type: 'bigint' }, {}] });
    expect(joined.tables[1]).not.toHaveProperty('mode');
    expect(joined.tables[1]).not.toHaveProperty('skip');
    expect(feedingsIn(joined.tables).get('us')).toEqual({ target: 'person', lead: 'eu', others: ['us'] });
    expect(feedingsIn(joined.tables).get('visits')).toBeUndefined();
    expect(makingTables(joined.tables)).toEqual(['eu', 'visits']);
    const parted = partTable('us').edit(joined).tables[1]!;
    expect([parted.target, parted.joins]).toEqual(['us', undefined]);
  });

  it('are one name, and no collision; without the word they are one, which a click mends', () => {
    const none = () => [];
    const issues = (project: Project) => issuesOf({ project, family: 'postgres', planned: none, error: null })('us');
    expect(issues(joined)).toEqual([]);
    const { joins: _, ...twin } = joined.tables[1]!;
    const collided = { ...joined, tables: joined.tables.with(1, twin) };
    const change = issues(collided)[0]!.remedies.find((remedy) => remedy.change?.kind === 'join')!.change!;
    expect(applyChange(collided, change)).toEqual(joined);
  });

  it('follow the one that makes the table, and take nothing along when they leave it', () => {
    const renamed = renameTable('eu', 'people').edit(joined);
    expect(renamed.tables.map(({ target }) => target)).toEqual(['people', 'people', 'visits']);
    expect(renamed.tables[2]!.columns[0]!.steps).toMatchObject([{ in: 'people' }]);
    const away = renameTable('us', 'other').edit(joined);
    expect(away.tables[2]!.columns[0]!.steps).toMatchObject([{ in: 'person' }]);
  });

  it('keep their own rules right, and follow the names of columns', () => {
    const named = renameColumn({ table: 'us', column: 'title' }, 'name').edit(joined);
    expect(named.tables[1]!.rules).toEqual([{ rule: 'required', column: 'name' }]);
    expect(named.tables[2]!.columns[0]!.steps).toMatchObject([{ match: 'name' }]);
    const again = renameColumn({ table: 'eu', column: 'name' }, 'full_name').edit(named);
    expect(again.tables[1]).toMatchObject({
      columns: [{ target: 'id' }, { target: 'full_name' }],
      rules: [{ column: 'full_name' }],
    });
    expect(again.tables[2]!.columns[0]!.steps).toMatchObject([{ match: 'full_name' }]);
  });
});
