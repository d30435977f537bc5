// Drift: what has changed since a project was mapped, and what is kept of it; types anew; names that look alike.

import { describe, expect, test } from 'vitest';
import { acceptDrift, type DriftSides, driftOf } from '../../src/engine/map/drift.ts';
import { mapAutomatically } from '../../src/engine/map/map.ts';
import { formatProject, parseProject } from '../../src/engine/map/project-file.ts';
import { similarity } from '../../src/engine/map/renamed.ts';
import { retyped } from '../../src/engine/map/retype.ts';
import { keepTypesByHand } from '../../src/shared/by-hand.ts';
import {
  acknowledge,
  leaveOutColumn,
  readColumnFrom,
  readTableFrom,
  takeColumn,
} from '../../src/shared/drift-edits.ts';
import type { Table } from '../../src/shared/model/catalog.ts';
import type { Project, TypeRule } from '../../src/shared/model/mapping.ts';
import { decidingRule } from '../../src/shared/type-rules.ts';
import { catalog, column, INT, servers, TEXT, table, varchar } from '../support/catalogs.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const id = column('id', 'int(11)', INT, { nullable: false });
const name = column('name', 'varchar(80)', varchar(80));
const city = column('city', 'varchar(60)', varchar(60));
const pk = { primaryKey: { name: 'PRIMARY', columns: ['id'] } };
const customers = table('customers', [id, name, city], pk);
const orders = table('orders', [id, column('total', 'int(11)', INT)], pk);

function mapped(tables: Table[], standing: Table[] = [], typeRules: TypeRule[] = []): Project {
  return mapAutomatically({
    source: catalog(servers.mariadb, tables),
    target: catalog(servers.postgres, standing),
    targetDialect: postgres,
    profile: {},
    name: 'shop',
    naming: 'keep',
    urls: { source: 'mysql://a/b', target: 'postgres://a/b' },
    typeRules,
  });
}

function sides(project: Project, tables: Table[], standing: Table[] = []): DriftSides {
  return {
    project,
    source: catalog(servers.mariadb, tables),
    target: catalog(servers.postgres, standing),
    sourceDialect: mysql,
    targetDialect: postgres,
  };
}

function told(project: Project, tables: Table[], standing: Table[] = []): string[] {
  return driftOf(sides(project, tables, standing)).differences.map(
    ({ severity, side, table: of, column: at, kind, was, now, candidates }) =>
      [`${severity} ${side} ${of}${at === null ? '' : `.${at}`} ${kind}`, was ?? '', now ?? '', ...candidates].join(
        ' | ',
      ),
  );
}

const project = mapped([customers, orders]);

describe('the source', () => {
  test('as it was is no drift', () => {
    expect(told(project, [customers, orders])).toEqual([]);
    expect(driftOf(sides(project, [customers, orders])).elsewhere).toBe(false);
  });

  test('is told column by column', () => {
    const now = table(
      'customers',
      [id, column('name', 'varchar(200)', varchar(200), { nullable: false }), column('mail', 'text', TEXT)],
      pk,
    );
    expect(told(project, [now, orders])).toEqual([
      'blocker source customers.city gone | varchar(60) | ',
      'warning source customers.name retyped | varchar(80) | varchar(200)',
      'note source customers.name nullability | may be NULL | not null',
      'warning source customers.mail new |  | text',
    ]);
  });

  test('with another key says so of the table', () => {
    const now = { ...customers, primaryKey: { name: 'PRIMARY', columns: ['name', 'id'] } };
    expect(told(project, [now, orders])).toContain('warning source customers key | id | name, id');
  });

  test('that differs elsewhere is told as a whole', () => {
    const now = { ...customers, comment: 'whoever bought something' };
    expect(driftOf(sides(project, [now, orders]))).toMatchObject({ differences: [], elsewhere: true });
  });

  test('tells what is gone by what the mapping reads: what was left out blocks nothing', () => {
    const skipped = { ...project, tables: project.tables.map((each) => ({ ...each, skip: true })) };
    expect(told(project, [])).toEqual([
      'blocker source customers gone | table | ',
      'blocker source orders gone | table | ',
    ]);
    expect(told(skipped, [customers])).toEqual(['note source orders gone | table | ']);
  });

  test('does not offer again what a person took out of the project', () => {
    const [first, second] = project.tables;
    const smaller = { ...project, tables: [{ ...first!, columns: first!.columns.slice(0, 2) }, second!] };
    expect(told(smaller, [customers, orders])).toEqual([]);
  });

  test('of a project that never wrote down what it was mapped against: what is gone or new', () => {
    const { seen: _, ...old } = project;
    const now = table('customers', [id, column('name', 'text', TEXT), column('mail', 'text', TEXT)], pk);
    expect(told(old, [now, orders])).toEqual([
      'blocker source customers.city gone | column | ',
      'warning source customers.mail new |  | text',
    ]);
    expect(driftOf(sides(old, [now, orders])).known).toBe(false);
  });
});

describe('what looks renamed is offered', () => {
  test('by type and place, or by its name', () => {
    const now = table(
      'customers',
      [id, column('full_name', 'varchar(80)', varchar(80)), column('place', 'varchar(60)', varchar(60))],
      pk,
    );
    expect(told(project, [now, orders])).toEqual(
      expect.arrayContaining([
        'blocker source customers.name gone | varchar(80) |  | full_name',
        'blocker source customers.city gone | varchar(60) |  | place',
      ]),
    );
    const other = table('customers', [id, name, column('weight', 'int(11)', INT)], pk);
    expect(told(project, [other, orders])[0]).toBe('blocker source customers.city gone | varchar(60) | ');
  });

  test('for tables by what they hold', () => {
    expect(told(project, [{ ...customers, name: 'clients' }, orders])[0]).toBe(
      'blocker source customers gone | table |  | clients',
    );
  });

  test('letters decide likeness', () => {
    expect(similarity('customer_id', 'customerId')).toBe(1);
    expect(similarity('mail', 'email')).toBeGreaterThanOrEqual(0.6);
    expect(similarity('city', 'weight')).toBeLessThan(0.4);
  });
});

describe('the target', () => {
  const standing = table('customers', [column('id', 'integer', INT), column('note', 'text', TEXT)]);

  test('is told where the mapping leads', () => {
    expect(told(project, [customers, orders], [standing])).toEqual([
      'warning target customers new |  | table of 2 columns',
    ]);
    const there = mapped([customers, orders], [standing]);
    expect(told(there, [customers, orders], [])).toEqual(['note target customers gone | table | ']);
    const changed = table('customers', [column('id', 'bigint', INT), column('extra', 'text', TEXT)]);
    expect(told({ ...there, mode: 'replace' }, [customers, orders], [changed])).toEqual([
      'note target customers.note gone | text | ',
      'note target customers.id retyped | integer | bigint',
      'warning target customers.extra new |  | text',
    ]);
  });

  test('that a run of this project made is no drift', () => {
    const made = table('customers', [
      id,
      column('name', 'character varying(80)', varchar(80)),
      column('city', 'character varying(60)', varchar(60)),
    ]);
    expect(told(project, [customers, orders], [made])).toEqual([]);
  });
});

describe('one after the other', () => {
  const renamed = table('customers', [id, column('full_name', 'varchar(90)', varchar(90)), city], pk);

  test('a column is read under its new name, with all that was decided of it', () => {
    const decided = edit(project, (each) =>
      each.source === 'name' ? { ...each, target: 'label', type: 'text' } : each,
    );
    const after = readColumnFrom(decided, 'customers', 'name', 'full_name');
    expect(after.tables[0]!.columns[1]).toEqual({ source: 'full_name', target: 'label', type: 'text' });
    // What remains is the change of its type.
    expect(told(after, [renamed, orders])).toEqual([
      'warning source customers.full_name retyped | varchar(80) | varchar(90)',
    ]);
    const drift = driftOf(sides(after, [renamed, orders]));
    const settled = acknowledge(after, drift.differences[0]!, drift);
    expect(told(settled, [renamed, orders])).toEqual([]);
    expect(settled.source.fingerprint).toBe(drift.fingerprints.source);
    expect(settled.tables).toEqual(after.tables);
  });

  test('each difference of a column is a decision of its own', () => {
    const now = table('customers', [id, column('name', 'text', TEXT, { nullable: false }), city], pk);
    const drift = driftOf(sides(project, [now, orders]));
    const [retype, nulls] = drift.differences;
    const kept = acknowledge(project, retype!, drift);
    expect(told(kept, [now, orders])).toEqual(['note source customers.name nullability | may be NULL | not null']);
    expect(told(acknowledge(kept, nulls!, drift), [now, orders])).toEqual([]);
    // The columns are known again, but not yet the structure as a whole.
    expect(kept.source.fingerprint).toBe(project.source.fingerprint);
  });

  test('left out, it blocks no more; a new table is known once it is accepted', () => {
    const now = [table('customers', [id, name], pk), orders, table('visits', [id])];
    const drift = driftOf(sides(project, now));
    const [gone, visits] = drift.differences;
    const left = acknowledge(leaveOutColumn(project, 'customers', 'city'), gone!, drift);
    expect(told(left, now)).toEqual(['note source visits new |  | table of 1 column']);
    expect(told(acknowledge(left, visits!, drift), now)).toEqual([]);
    const taken = takeColumn(project, 'orders', { source: 'extra', target: 'extra', type: 'text' });
    expect(taken.tables[1]!.columns.at(-1)!.source).toBe('extra');
    expect(takeColumn(taken, 'orders', { source: 'extra', target: 'x', type: 'text' }).tables).toEqual(taken.tables);
  });

  test('a table, too', () => {
    const after = readTableFrom(project, 'customers', 'clients');
    expect(told(after, [{ ...customers, name: 'clients' }, orders])).toEqual([]);
    expect(after.tables[0]!.target).toBe('customers');
  });

  test('all at once; what is gone and mapped still blocks', () => {
    const gone = table('customers', [id, name], pk);
    const after = acceptDrift(sides(project, [gone, orders]));
    expect(after.tables).toEqual(project.tables);
    expect(told(after, [gone, orders])).toEqual(['blocker source customers.city gone | column | ']);
  });
});

describe('types', () => {
  test('by other rules: the first that matches, and a manual choice before all', () => {
    const rules: TypeRule[] = [
      { table: 'customers', column: 'city', type: 'char(60)' },
      { native: 'varchar*', type: 'citext' },
    ];
    const byHand = edit(project, (each) => (each.source === 'name' ? { ...each, type: 'varchar(500)' } : each));
    const { project: after, changes } = retyped(byHand, mapped([customers, orders], [], rules), rules, postgres);
    expect(after.tables[0]!.columns.map(({ type }) => type)).toEqual(['integer', 'varchar(500)', 'char(60)']);
    expect(changes).toEqual([{ table: 'customers', column: 'city', from: 'character varying(60)', to: 'char(60)' }]);
    // Again without rules: what a rule gave goes, what a person gave stays.
    const back = retyped(after, mapped([customers, orders]), [], postgres).project;
    expect(back.tables[0]!.columns.map(({ type }) => type)).toEqual([
      'integer',
      'varchar(500)',
      'character varying(60)',
    ]);
    expect(back.typeRules).toBeUndefined();
    expect(rules.map(() => decidingRule(rules, { native: 'varchar(60)', table: 'customers', column: 'city' }))).toEqual(
      [0, 0],
    );
  });

  test('mapped anew: a manual choice wins', () => {
    const byHand = edit(project, (each) => (each.source === 'name' ? { ...each, type: 'text' } : each));
    const made = mapped([customers, orders], [], [{ native: 'varchar*', type: 'citext' }]);
    const kept = keepTypesByHand(made, byHand);
    expect(kept.tables[0]!.columns.map(({ type }) => type)).toEqual(['integer', 'text', 'citext']);
    // It is still known for one.
    expect(keepTypesByHand(made, kept).tables).toEqual(kept.tables);
  });

  test('for another family: proposed anew unless by hand, and what it does not have is listed', () => {
    const byHand = edit(project, (each) => (each.source === 'name' ? { ...each, type: 'citext' } : each));
    const forMysql = mapAutomatically({
      source: catalog(servers.mariadb, [customers, orders]),
      target: catalog(servers.mysql, []),
      targetDialect: mysql,
      profile: {},
      name: 'shop',
      naming: 'keep',
      urls: { source: 'mysql://a/b', target: 'mysql://a/c' },
    });
    const idle: TypeRule = { native: 'x', type: 'citext' };
    const { changes, misfits, idleRules } = retyped(byHand, forMysql, [idle], mysql);
    expect(changes.map(({ column: of }) => of)).toContain('id');
    expect(misfits).toEqual([{ table: 'customers', column: 'name', type: 'citext' }]);
    expect(idleRules).toEqual([idle]);
  });
});

test('the file says what was seen, a line for each column', () => {
  const text = formatProject(project);
  expect(text).toContain(
    '          { "name": "id", "type": "int(11)", "notNull": true, "key": 1, "proposed": "integer" },\n',
  );
  expect(parseProject(text)).toEqual(project);
  expect(formatProject(parseProject(text))).toBe(text);
});

function edit(
  of: Project,
  change: (column: Project['tables'][number]['columns'][number]) => Project['tables'][number]['columns'][number],
): Project {
  return { ...of, tables: of.tables.map((each) => ({ ...each, columns: each.columns.map(change) })) };
}

describe('what the project computes', () => {
  test('is no drift: computed columns, another use of a table, a SELECT', () => {
    const project = mapped([customers]);
    const made = {
      source: 'made',
      from: { kind: 'expression', sql: 'id + 1' },
      target: 'made',
      type: 'integer',
    } as const;
    const [first] = project.tables;
    const reshaped: Project = {
      ...project,
      tables: [
        { ...first!, columns: [...first!.columns, made] },
        { ...first!, source: 'cities', table: 'customers', target: 'cities' },
        { ...first!, source: 'few', query: 'SELECT 1 AS id', target: 'few', columns: [] },
      ],
    };
    expect(told(reshaped, [customers])).toEqual([]);
    expect(told(reshaped, [])).toEqual(['blocker source customers gone | table | ']);
  });
});
