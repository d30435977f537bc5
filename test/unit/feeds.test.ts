// Several sources of one table: who leads, what the others become, and what stands in their way.

import { describe, expect, test } from 'vitest';
import { withGapsFilled } from '../../src/engine/plan/feeds.ts';
import { loadOrder } from '../../src/engine/run/lookups.ts';
import { chunksOf, estimateOf, feedsOf, joinedTo } from '../../src/shared/feeds.ts';
import type { ColumnMapping, Project, TableMapping } from '../../src/shared/model/mapping.ts';
import { applyChange } from '../../src/shared/remedy.ts';
import { BIGINT, catalog, column, INT, servers, table, varchar } from '../support/catalogs.ts';
import { type PlanCase, planOf, tableOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const id = column('id', 'int(11)', INT, { nullable: false });
const pk = { primaryKey: { name: 'PRIMARY', columns: ['id'] } };
const eu = table('eu', [id, column('name', 'varchar(40)', varchar(40), { nullable: false })], pk);
const us = table('us', [column('title', 'varchar(40)', varchar(40)), id], pk);
const visits = table('visits', [id, column('who', 'varchar(40)', varchar(40))], pk);

const named = (project: Project, source: string): TableMapping =>
  project.tables.find((each) => each.source === source)!;
const columnOf = (mapping: TableMapping, source: string): ColumnMapping =>
  mapping.columns.find((each) => each.source === source)!;

/** `us` feeds the table of `eu`. */
function together(edit: (eu: TableMapping, us: TableMapping, project: Project) => void = () => undefined): PlanCase {
  return {
    source: catalog(servers.mariadb, [us, eu, visits]),
    target: catalog(servers.postgres, []),
    from: mysql,
    to: postgres,
    edit: (project) => {
      const [first, second] = [named(project, 'eu'), named(project, 'us')];
      first.target = 'person';
      second.target = 'person';
      second.joins = true;
      columnOf(second, 'title').target = 'name';
      edit(first, second, project);
    },
  };
}

function blockersOf(edit: Parameters<typeof together>[0]) {
  return planOf(together(edit)).findings.filter(({ severity }) => severity === 'blocker');
}

describe('who leads', () => {
  const lower = (name: string) => name.toLowerCase();
  const of = (target: string, more: Partial<TableMapping> = {}) => ({ target, ...more });

  test('is the first that does not join, wherever it stands; skipped ones take no part', () => {
    const tables = [of('a', { joins: true }), of('A'), of('a', { joins: true, skip: true }), of('b')];
    expect([...joinedTo(tables, lower)]).toEqual([[tables[0], tables[1]]]);
  });

  test('is the first of all where all join, and two that do not join are a collision', () => {
    const tables = [of('a', { joins: true }), of('a', { joins: true }), of('b'), of('b')];
    expect([...joinedTo(tables, lower)]).toEqual([[tables[1], tables[0]]]);
    expect(joinedTo([of('a'), of('A', { joins: true })], (name) => name).size).toBe(0);
  });
});

describe('a table that two sources feed', () => {
  test('is one table, made by the one that leads; the other loads the same columns in the same order', () => {
    const plan = planOf(together());
    expect(plan.tables.map(({ target }) => target.name).sort()).toEqual(['person', 'visits']);
    const person = tableOf(plan, 'eu');
    expect(person.target.columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(feedsOf(person).map(({ source, lanes }) => [source, lanes.map((lane) => lane.source)])).toEqual([
      ['eu', ['id', 'name']],
      ['us', ['id', 'title']],
    ]);
    expect(feedsOf(person).map(({ lanes }) => lanes.map(({ targetLogical }) => targetLogical))).toEqual([
      person.target.columns.map(({ logical }) => logical),
      person.target.columns.map(({ logical }) => logical),
    ]);
    expect([chunksOf(person), estimateOf(person).rows]).toEqual([2, eu.rowEstimate + us.rowEstimate]);
    expect(plan.order.flat().sort(), 'the order knows tables of the target').toEqual(['eu', 'visits']);
  });

  test('gets NULL where the other has no column for it', () => {
    const { source } = together();
    const project = { tables: [eu, us].map(({ name }) => ({ source: name, target: 'person', columns: [] })) } as never;
    const [first, second] = (project as Project).tables as [TableMapping, TableMapping];
    first.columns.push({ source: 'name', target: 'name', type: 'text' });
    second.joins = true;
    const filled = withGapsFilled(project, postgres.capabilities(servers.postgres), mysql.capabilities(source.server));
    expect(filled.tables[0]).toBe(first);
    expect(filled.tables[1]!.columns).toMatchObject([
      { from: { kind: 'constant', value: null }, target: 'name', type: 'text' },
    ]);
  });

  test('is there for those that look into it once all have fed it', () => {
    const plan = planOf(
      together((_, second, project) => {
        columnOf(second, 'title').steps = [{ do: 'lookup', in: 'visits', match: 'id', take: 'who' }];
        project.tables.reverse();
      }),
    );
    const groups = loadOrder(plan.tables).map((group) => group.map(({ target }) => target.name));
    expect(groups).toEqual([['visits'], ['person']]);
  });

  test('takes modes and keys from the one that leads, and says so where the other has its own', () => {
    const plan = planOf(
      together((_, second) => Object.assign(second, { mode: 'replace', keys: { primary: ['name'] } })),
    );
    expect(plan.findings.map(({ code }) => code)).toContain('map.feed-settings');
    expect(tableOf(plan, 'eu')).toMatchObject({ mode: 'create', target: { primaryKey: { columns: ['id'] } } });
  });
});

describe('blocks the plan', () => {
  test('with a column that the leading mapping does not have', () => {
    const [first, ...rest] = blockersOf((_, second) => (columnOf(second, 'title').target = 'title'));
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ code: 'map.feed-column', place: { table: 'us', column: 'title' } });
    expect(first!.remedies[0]!.change).toEqual({ kind: 'skip column', table: 'us', column: 'title' });
  });

  test('with two types of one column, of which either may give way', () => {
    const edit = (_: TableMapping, second: TableMapping) => Object.assign(columnOf(second, 'id'), { type: 'bigint' });
    const [first] = blockersOf(edit);
    expect(first).toMatchObject({ code: 'map.feed-type', place: { table: 'us', column: 'id' } });
    for (const { change } of first!.remedies) {
      const plan = planOf(
        together((one, second, project) => {
          edit(one, second);
          Object.assign(project, applyChange(project, change!));
        }),
      );
      expect(plan.findings.filter(({ code }) => code === 'map.feed-type')).toEqual([]);
    }
  });

  test('with NULLs where the table has none, and changes the mapping that makes the column', () => {
    const asked = { ...together(), profile: { us: { title: { nulls: '3' } } } };
    const found = planOf(asked).findings.find(({ code }) => code === 'value.null-not-allowed');
    expect(found).toMatchObject({ place: { table: 'us', column: 'title' }, rows: '3' });
    expect(found!.remedies[0]!.change).toEqual({ kind: 'allow null', table: 'eu', column: 'name' });
  });

  test('with numbers that would meet', () => {
    const sequence = { source: 'new', from: { kind: 'sequence' }, target: 'no', type: 'bigint' } as const;
    const numbered = {
      ...together((first, second) => {
        first.columns.push(sequence);
        second.columns.push(sequence);
      }),
      source: catalog(
        servers.mariadb,
        [us, eu].map((each) => ({ ...each, columns: [...each.columns, column('new', 'bigint(20)', BIGINT)] })),
      ),
    };
    const found = planOf(numbered).findings.find(({ code }) => code === 'map.feed-numbers');
    const change = found!.remedies[0]!.change!;
    expect(change).toMatchObject({ kind: 'number from', table: 'us', column: 'new' });
    const mended = planOf({
      ...numbered,
      edit: (project) => {
        numbered.edit!(project);
        Object.assign(project, applyChange(project, change));
      },
    });
    expect(mended.findings.map(({ code }) => code)).not.toContain('map.feed-numbers');
  });
});
