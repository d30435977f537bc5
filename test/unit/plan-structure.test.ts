// How structure comes out in the plan: keys, indexes, relations, defaults, generated columns, checks, drift.

import { describe, expect, test } from 'vitest';
import type { Dependant, Table } from '../../src/shared/model/catalog.ts';
import type { Plan } from '../../src/shared/model/plan.ts';
import {
  BIGINT,
  catalog,
  column,
  foreignKey,
  INT,
  index,
  servers,
  TEXT,
  TINYINT1,
  table,
  varchar,
} from '../support/catalogs.ts';
import { columnOf, findingsOf, type PlanCase, planOf, tableOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const id = column('id', 'int(11)', INT, { nullable: false, identity: { always: false, next: '9' } });
const pk = { name: 'PRIMARY', columns: ['id'] };

function fromMysql(tables: Table[], more: Partial<PlanCase> = {}): PlanCase {
  return {
    source: catalog(servers.mariadb, tables),
    target: catalog(servers.postgres, []),
    from: mysql,
    to: postgres,
    ...more,
  };
}

function fromPostgres(tables: Table[], more: Partial<PlanCase> = {}): PlanCase {
  return {
    source: catalog(servers.postgres, tables),
    target: catalog(servers.mysql, []),
    from: postgres,
    to: mysql,
    ...more,
  };
}

describe('names', () => {
  test('of indexes become unique where the target wants it', () => {
    const a = table('a', [id], { primaryKey: pk, indexes: [index('idx', ['id'])] });
    const b = table('b', [id], { primaryKey: pk, indexes: [index('idx', ['id']), index('a', ['id'])] });
    const plan = planOf(fromMysql([a, b]));
    expect(tableOf(plan, 'a').target.primaryKey!.name).toBe('a_pkey');
    expect(tableOf(plan, 'a').target.indexes.map((each) => each.name)).toEqual(['idx']);
    expect(tableOf(plan, 'b').target.indexes.map((each) => each.name)).toEqual(['b_idx', 'b_a']);
  });

  test('avoid those of tables that stay in the target', () => {
    const a = table('a', [id], { indexes: [index('idx', ['id'])] });
    const staying = table('other', [id], { indexes: [index('idx', ['id'])] });
    const plan = planOf(fromMysql([a], { target: catalog(servers.postgres, [staying]) }));
    expect(tableOf(plan, 'a').target.indexes[0]!.name).toBe('a_idx');
  });
});

test('keys of which nobody knows in time whether rows break them are named', () => {
  const parent = table('parent', [id], { primaryKey: pk });
  const child = table('child', [column('p', 'int', INT)], {
    foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])],
  });
  const unanswered = new Proxy({}, { get: () => null });
  const plan = planOf(fromMysql([parent, child], { statements: unanswered }));
  expect(plan.findings.find(({ code }) => code === 'value.orphans-unknown')?.message).toContain('child (p)');
  expect(findingsOf(planOf(fromMysql([parent, child])))).toEqual(['note structure.no-key child']);
});

describe('collations', () => {
  const named = (collation: string) =>
    table('t', [column('k', 'varchar(9)', varchar(9), { collation, caseSensitive: false })], { primaryKey: null });
  const carried = (collation: string, from: keyof typeof servers, to: keyof typeof servers) =>
    tableOf(
      planOf({
        source: catalog(servers[from], [named(collation)]),
        target: catalog(servers[to], []),
        from: mysql,
        to: mysql,
      }),
      't',
    ).target.columns[0]!.collation;

  test.each([
    ['utf8mb4_0900_as_ci', 'mysql', 'mysql', 'utf8mb4_0900_as_ci'],
    ['utf8mb3_general_ci', 'mysql', 'mysql', 'utf8mb4_general_ci'],
    ['utf8mb4_german2_ci', 'mysql', 'mariadb', 'utf8mb4_german2_ci'],
    ['utf8mb4_0900_as_ci', 'mysql', 'mariadb', null],
    ['utf8mb4_uca1400_ai_ci', 'mariadb', 'mysql', null],
    ['latin1_swedish_ci', 'mysql', 'mysql', null],
  ] as const)('%s, %s → %s: %s', (collation, from, to, expected) => {
    expect(carried(collation, from, to)).toBe(expected);
  });

  test('of labels that differ in accents alone', () => {
    const labels = column(
      'e',
      "enum('a','á')",
      { kind: 'enum', labels: ['a', 'á'] },
      { collation: 'utf8mb4_0900_as_ci' },
    );
    const target = catalog(servers.mariadb, []);
    const plan = planOf({ source: catalog(servers.mysql, [table('t', [labels])]), target, from: mysql, to: mysql });
    expect(tableOf(plan, 't').target.columns[0]).toMatchObject({ collation: null, binaryCollation: true });
  });
});

describe('skipped columns', () => {
  test('take their keys, indexes and relations with them, and say so', () => {
    const parent = table('parent', [id, column('n', 'int', INT)], { primaryKey: pk, indexes: [index('i', ['n'])] });
    const child = table('child', [column('p', 'int', INT)], {
      foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])],
    });
    const plan = planOf(
      fromMysql([parent, child], {
        edit: (project) => {
          columnOf(project, 'parent', 'id').skip = true;
          columnOf(project, 'parent', 'n').skip = true;
          project.tables[0]!.columns.push({ source: 'n', target: 'm', type: 'integer' });
          project.tables[0]!.columns.splice(1, 1);
        },
      }),
    );
    expect(tableOf(plan, 'parent').target.primaryKey).toBeNull();
    expect(tableOf(plan, 'parent').target.indexes[0]!.parts[0]!.column).toBe('m');
    expect(tableOf(plan, 'child').target.foreignKeys).toEqual([]);
    expect(findingsOf(plan)).toEqual(
      expect.arrayContaining([
        'warning structure.index-dropped parent.PRIMARY',
        'warning structure.foreign-key child.fk',
      ]),
    );
  });
});

describe('indexes', () => {
  test('over a prefix become expressions in PostgreSQL', () => {
    const t = table('t', [column('body', 'text', TEXT)], {
      indexes: [index('p', [], { parts: [{ column: 'body', expression: null, prefix: 20, descending: false }] })],
    });
    const plan = planOf(fromMysql([t]));
    expect(tableOf(plan, 't').target.indexes[0]!.parts).toEqual([
      { column: null, expression: 'substr("body", 1, 20)', prefix: null, descending: false },
    ]);
  });

  test('that the target has no method for are left out', () => {
    const t = table('t', [column('body', 'text', TEXT)], {
      indexes: [index('f', ['body'], { method: 'fulltext' }), index('h', ['body'], { method: 'hash' })],
    });
    const plan = planOf(fromMysql([t]));
    expect(tableOf(plan, 't').target.indexes.map((each) => each.name)).toEqual(['h']);
    expect(findingsOf(plan)).toContain('warning structure.index-dropped t.f');
  });

  test('that are partial become whole, unless they are unique', () => {
    const t = table('t', [column('a', 'integer', INT)], {
      indexes: [index('p', ['a'], { where: '(a > 0)' }), index('u', ['a'], { where: '(a > 0)', unique: true })],
    });
    const plan = planOf(fromPostgres([t]));
    expect(tableOf(plan, 't').target.indexes.map(({ name, where }) => [name, where])).toEqual([['p', null]]);
    expect(findingsOf(plan)).toEqual(
      expect.arrayContaining(['warning structure.partial-index t.p', 'warning structure.index-dropped t.u']),
    );
  });

  test('over long texts get a bounded beginning in MySQL; unique ones block', () => {
    const t = table('t', [column('a', 'text', TEXT), column('b', 'text', TEXT)], {
      indexes: [index('plain', ['a']), index('unique', ['b'], { unique: true })],
    });
    const plan = planOf(
      fromPostgres([t], {
        edit: (project) => {
          columnOf(project, 't', 'a').type = 'longtext';
          columnOf(project, 't', 'b').type = 'longtext';
        },
      }),
    );
    expect(tableOf(plan, 't').target.indexes[0]!.parts[0]!.prefix).toBe(191);
    expect(findingsOf(plan)).toContain('blocker structure.key-too-long t.unique');
  });
});

describe('relations', () => {
  test('may refer to a table that stands in the target already', () => {
    const child = table('child', [column('p', 'int', INT)], {
      foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])],
    });
    const parent = table('parent', [id], { primaryKey: pk });
    const skipParent: PlanCase['edit'] = (project) => {
      project.tables[1]!.skip = true;
    };
    const there = planOf(fromMysql([child, parent], { edit: skipParent, target: catalog(servers.postgres, [parent]) }));
    expect(tableOf(there, 'child').target.foreignKeys[0]!.references).toEqual({
      schema: 'public',
      table: 'parent',
      columns: ['id'],
    });
    const gone = planOf(fromMysql([child, parent], { edit: skipParent }));
    expect(tableOf(gone, 'child').target.foreignKeys).toEqual([]);
  });

  test('whose ends differ in kind block', () => {
    const parent = table('parent', [id], { primaryKey: pk });
    const child = table('child', [column('p', 'int', INT)], {
      foreignKeys: [foreignKey('fk', ['p'], 'parent', ['id'])],
    });
    const plan = planOf(
      fromMysql([parent, child], {
        edit: (project) => {
          columnOf(project, 'child', 'p').type = 'text';
        },
      }),
    );
    expect(findingsOf(plan)).toContain('blocker structure.foreign-key-type child.fk');
  });
});

describe('columns', () => {
  test('keep defaults that have an equal, and name the others', () => {
    const t = table('t', [
      column('flag', 'tinyint(1)', TINYINT1, { default: { kind: 'literal', value: '1' } }),
      column('at', 'datetime', { kind: 'timestamp', precision: 0, zone: false }, { default: { kind: 'now' } }),
      column('zero', 'date', { kind: 'date' }, { default: { kind: 'literal', value: '0000-00-00' } }),
      column('odd', 'varchar(9)', varchar(9), { default: { kind: 'expression', sql: 'version()' } }),
    ]);
    const plan = planOf(fromMysql([t], { profile: { t: { flag: { min: '0', max: '1' } } } }));
    const columns = tableOf(plan, 't').target.columns;
    expect(columns.map((each) => each.native)).toEqual([
      'boolean',
      'timestamp(0) without time zone',
      'date',
      'character varying(9)',
    ]);
    expect(columns.map((each) => each.default)).toEqual([{ kind: 'literal', value: '1' }, { kind: 'now' }, null, null]);
    expect(findingsOf(plan)).toEqual(
      expect.arrayContaining(['warning structure.default t.zero', 'warning structure.default t.odd']),
    );
  });

  test('that are computed are computed there where that gives the same values', () => {
    const t = table('t', [
      column('a', 'integer', INT),
      column('id', 'integer', INT, { identity: { always: false, next: null } }),
      column('of_id', 'integer', INT, { generated: { expression: '(id * 2)', stored: true } }),
      column('twice', 'integer', INT, { generated: { expression: '(a * 2)', stored: true } }),
      column('hash', 'text', TEXT, { generated: { expression: 'md5(a::text)', stored: true } }),
    ]);
    const plan = tableOf(planOf(fromPostgres([t])), 't');
    expect(plan.target.columns.map((each) => each.generated)).toEqual([
      null,
      null,
      null,
      { expression: '`a` * 2', stored: true },
      null,
    ]);
    expect(plan.lanes.map((lane) => lane.source)).toEqual(['a', 'id', 'of_id', 'hash']);
    expect(plan.computed.map((lane) => lane.source)).toEqual(['twice']);
  });

  test('of keys that told case apart go on doing so', () => {
    const t = table(
      't',
      [
        column('code', 'varchar(10)', varchar(10), { nullable: false, caseSensitive: true }),
        column('x', 'varchar(10)', varchar(10), { caseSensitive: true }),
      ],
      { primaryKey: { name: 't_pkey', columns: ['code'] } },
    );
    const plan = tableOf(planOf(fromPostgres([t])), 't');
    expect(plan.target.columns.map((each) => each.binaryCollation)).toEqual([true, false]);
    expect(plan.key).toEqual(['code']);
  });

  test('hand out numbers only where the target can', () => {
    const t = table(
      't',
      [
        column('a', 'integer', INT, { nullable: false, identity: { always: true, next: '1' } }),
        column('b', 'bigint', BIGINT, { nullable: false }),
      ],
      { primaryKey: { name: 't_pkey', columns: ['b'] } },
    );
    const plan = planOf(fromPostgres([t]));
    expect(tableOf(plan, 't').target.columns.map((each) => each.identity)).toEqual([null, null]);
    expect(findingsOf(plan)).toContain('warning structure.identity t.a');
  });
});

describe('checks', () => {
  test('are carried where they can be said, and labels of an enum become one', () => {
    const t = table(
      't',
      [column('n', 'int', INT), column('kind', "enum('a','b''s')", { kind: 'enum', labels: ['a', "b's"] })],
      {
        checks: [
          { name: 'positive', expression: '`n` > 0' },
          { name: 'odd', expression: "`n` regexp '^1'" },
        ],
      },
    );
    const plan = planOf(fromMysql([t], { profile: { t: { kind: { empty: '3' } } } }));
    expect(tableOf(plan, 't').target.checks).toEqual([
      { name: 'positive', expression: '"n" > 0' },
      { name: 't_kind_check', expression: `"kind" IN ('a', 'b''s', '')` },
    ]);
    expect(findingsOf(plan)).toEqual(
      expect.arrayContaining(['warning structure.check t.odd', 'warning value.blank-enum t.kind']),
    );
  });
});

describe('the project', () => {
  const t = table('t', [id, column('n', 'int', INT)], { primaryKey: pk });

  test.each<[string, string, NonNullable<PlanCase['edit']>]>([
    ['project.drift', 'no table gone', (p) => p.tables.push({ source: 'gone', target: 'gone', columns: [] })],
    [
      'project.drift',
      'has no column gone',
      (p) => p.tables[0]!.columns.push({ source: 'gone', target: 'gone', type: 'integer' }),
    ],
    [
      'project.invalid',
      'no type "wibble", which the project gives to t.n',
      (p) => {
        columnOf(p, 't', 'n').type = 'wibble';
      },
    ],
    [
      'map.nothing-to-do',
      'skips every table',
      (p) => {
        p.tables[0]!.skip = true;
      },
    ],
  ])('is refused with %s: %s', (code, words, edit) => {
    const attempt = () => planOf(fromMysql([t], { edit }));
    expect(attempt).toThrow(words);
    expect(attempt).toThrow(expect.objectContaining({ code }));
  });

  test('that gives two one name is planned with another, and blocked', () => {
    const plan = planOf(
      fromMysql([t, table('u', [id])], {
        edit: (p) => {
          columnOf(p, 't', 'n').target = 'ID';
          p.tables[1]!.target = 't';
        },
        target: catalog(servers.postgres, [table('t_2', [id])]),
      }),
    );
    expect(findingsOf(plan).filter((each) => each.startsWith('blocker'))).toEqual(['blocker map.name-collision u']);
    expect(plan.findings[0]!.remedies.map(({ change }) => change)).toEqual([
      { kind: 'rename table', table: 'u', to: 't_3' },
      { kind: 'join', table: 'u' },
      { kind: 'skip table', table: 'u' },
    ]);
    expect(plan.tables.map(({ target }) => target.name)).toEqual(['t', 't_3']);
  });

  test('is told what it does not mention', () => {
    const plan = planOf(
      fromMysql([t, table('new', [id])], {
        edit: (p) => {
          p.tables.pop();
          p.tables[0]!.columns.pop();
        },
      }),
    );
    expect(findingsOf(plan)).toEqual(
      expect.arrayContaining(['note project.unmapped-tables', 'warning project.new-column t.n']),
    );
  });
});

describe('tables in the way', () => {
  const t = table('t', [id], { primaryKey: pk });
  const target = catalog(servers.postgres, [{ ...t, rowEstimate: 0 }]);

  test('keep their comments where the source has none', () => {
    const noteOf = (plan: Plan) => tableOf(plan, 't').target.columns.find(({ name }) => name === 'note')?.comment;
    const note = column('note', 'text', TEXT, { comment: 'by hand' });
    const standing = { ...table('t', [id, note]), comment: 'ours' };
    const said = column('note', 'text', TEXT, { comment: 'of the source' });
    const kept = planOf(
      fromMysql([table('t', [id, column('note', 'text', TEXT)])], {
        target: catalog(servers.postgres, [standing]),
      }),
    );
    expect(tableOf(kept, 't').target.comment).toBe('ours');
    expect(noteOf(kept)).toBe('by hand');
    const newer = planOf(fromMysql([table('t', [id, said])], { target: catalog(servers.postgres, [standing]) }));
    expect(noteOf(newer)).toBe('of the source');
  });

  test('with rows are refused unless they shall be replaced', () => {
    const counted = planOf(fromMysql([t], { target, targetProfile: { t: { '': { count: '12' } } } }));
    expect(findingsOf(counted)).toEqual(['blocker plan.target-has-rows t']);
    const uncounted = planOf(fromMysql([t], { target }));
    expect(uncounted.findings[0]!.message).toBe('The target has a table t with rows in it.');
  });

  const replacing = (dependants: Table['dependants'], standing: Partial<Table> = {}) =>
    planOf(
      fromMysql([table('t', [id, column('note', 'text', TEXT)], { primaryKey: pk })], {
        target: catalog(servers.postgres, [{ ...t, ...standing, dependants }]),
        targetProfile: { t: { '': { count: '12' } } },
        edit: (p) => {
          p.mode = 'replace';
        },
      }),
    );
  const blockersOf = (plan: Plan) =>
    plan.findings.filter(({ severity }) => severity === 'blocker').map(({ message }) => message);

  test('lend what hangs on them to the new ones, and say so', () => {
    const plan = replacing([
      { kind: 'view', name: 'public.v', columns: ['id'] },
      { kind: 'view', name: 'public.w' },
      { kind: 'trigger', name: 'told' },
      { kind: 'foreign key', name: 'public.o.fk', of: { schema: null, table: 'o' }, columns: ['id'] },
    ]);
    expect(tableOf(plan, 't').existing).toEqual({ rows: 12, empty: false });
    expect(blockersOf(plan)).toEqual([]);
    expect(plan.findings.find(({ code }) => code === 'target.carried')?.message).toBe(
      '2 views, 1 trigger and 1 foreign key of t are made anew on the new table: view public.v and public.w; trigger told; foreign key public.o.fk.',
    );
    expect(findingsOf(plan)).not.toContain('warning target.trigger-columns t');
  });

  test('say where the functions of triggers may miss a column', () => {
    const plan = replacing([{ kind: 'trigger', name: 'told' }], { columns: [id, column('gone', 'text', TEXT)] });
    expect(findingsOf(plan)).toContain('warning target.trigger-columns t');
  });

  test.each<[string, Dependant, Partial<Table>, string]>([
    ['a kind that stays', { kind: 'child table', name: 'public.c' }, {}, 'new one takes its place.'],
    ['a column that goes', { kind: 'view', name: 'v', columns: ['id', 'gone'] }, {}, 'it uses the column gone, which'],
    ['one of a trigger', { kind: 'trigger', name: 'v', columns: ['gone'] }, {}, 'it uses the column gone, which'],
    [
      'another type under a view',
      { kind: 'view', name: 'v', columns: ['note'] },
      { columns: [id, column('note', 'bigint', INT)] },
      'it uses the column note, whose type changes from bigint to text',
    ],
    [
      'no unique key for a key from outside',
      { kind: 'foreign key', name: 'fk', of: { schema: null, table: 'o' }, columns: ['note'] },
      {},
      'the new table has no unique key over note',
    ],
    [
      'a key from another schema, and somebody else',
      {
        kind: 'foreign key',
        name: 'fk',
        of: { schema: 's', table: 'o' },
        columns: ['id'],
        hindrance: 'it belongs to the role r',
      },
      {},
      'it belongs to the role r',
    ],
  ])('block where something would stay behind: %s', (_, dependant, standing, words) => {
    const plan = replacing([dependant], standing);
    expect(blockersOf(plan)).toEqual([expect.stringContaining(words)]);
    expect(findingsOf(plan)).not.toContain('note target.carried t');
  });
});

test('what is not carried is listed by kind', () => {
  const source = catalog(servers.mariadb, [table('t', [id])], {
    objects: [
      { kind: 'view', name: 'v1', table: null },
      { kind: 'view', name: 'v2', table: null },
      { kind: 'trigger', name: 'tr', table: 't' },
    ],
  });
  const plan = planOf({ ...fromMysql([]), source });
  expect(plan.findings.map((each) => each.message)).toEqual(
    expect.arrayContaining(['2 views are not carried: v1, v2.', '1 trigger is not carried: tr.']),
  );
});

test('the same input gives the same plan, with the DDL in it', () => {
  const t = table('t', [id], { primaryKey: pk });
  const plan = planOf(fromMysql([t]));
  expect(planOf(fromMysql([t]))).toEqual(plan);
  expect(tableOf(plan, 't').ddl.create[0]!.sql).toContain('CREATE TABLE "t"');
});
