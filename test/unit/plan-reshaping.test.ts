// What the plan says of keys, rules and lookups that a project declares, right or wrong.

import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/shared/model/finding.ts';
import type { Project, TableMapping } from '../../src/shared/model/mapping.ts';
import { catalog, column, INT, servers, table, varchar } from '../support/catalogs.ts';
import { type PlanCase, planOf, tableOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const id = column('id', 'int(11)', INT, { nullable: false });
const pk = { primaryKey: { name: 'PRIMARY', columns: ['id'] } };
const people = table('people', [id, column('code', 'varchar(9)', varchar(9)), column('boss', 'int(11)', INT)], pk);
const orders = table('orders', [id, column('person', 'varchar(9)', varchar(9))], pk);
const log = table('log', [column('line', 'varchar(9)', varchar(9))]);

function shop(edit: (people: TableMapping, orders: TableMapping, project: Project) => void): PlanCase {
  const named = (project: Project, name: string) => project.tables.find(({ source }) => source === name)!;
  return {
    source: catalog(servers.mariadb, [people, orders, log]),
    target: catalog(servers.postgres, []),
    from: mysql,
    to: postgres,
    edit: (project) => edit(named(project, 'people'), named(project, 'orders'), project),
  };
}

function blockers(edit: Parameters<typeof shop>[0]): string[] {
  const found: readonly Finding[] = planOf(shop(edit)).findings;
  return found
    .filter(({ severity }) => severity === 'blocker')
    .map(({ code, place, message }) => `${code} ${[place.table, place.column].filter(Boolean).join('.')}: ${message}`);
}

describe('declared keys', () => {
  test('stand in place of those of the source', () => {
    const plan = planOf(
      shop((who, what) => {
        who.keys = { primary: ['code'], unique: [['id'], ['boss', 'code']] };
        what.keys = { references: [{ columns: ['person'], table: 'people', to: ['code'] }] };
      }),
    );
    const { target } = tableOf(plan, 'people');
    expect(target.primaryKey?.columns).toEqual(['code']);
    expect(target.uniques.map(({ columns }) => columns)).toEqual([['id'], ['boss', 'code']]);
    expect(target.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['id', false],
      ['code', false],
      ['boss', true],
    ]);
    expect(tableOf(plan, 'orders').target.foreignKeys[0]).toMatchObject({
      columns: ['person'],
      references: { schema: null, table: 'people', columns: ['code'] },
    });
  });

  test('that name what is not there, or join two types, block', () => {
    const found = blockers((who, what) => {
      who.keys = { unique: [['nothing']] };
      what.keys = {
        references: [
          { columns: ['person'], table: 'people', to: ['id'] },
          { columns: ['id'], table: 'nowhere', to: ['id'] },
          { columns: ['id'], table: 'people', to: ['id', 'code'] },
        ],
      };
    });
    expect(found).toEqual([
      'map.bad-key people: A key of people names the column nothing, which it will not have.',
      'map.bad-key orders: The foreign key of orders (person) joins two types: character varying(9) and that of people.id.',
      'map.bad-key orders: The foreign key of orders (id) refers to nowhere, which does not move and is not in the target.',
      'map.bad-key orders: The foreign key of orders (id) names more columns on one side.',
    ]);
  });
});

describe('rules', () => {
  test('do what the table does with rows that are refused, unless they say otherwise', () => {
    const plan = planOf(
      shop((who, what) => {
        who.errors = { onError: 'quarantine' };
        who.rules = [
          { rule: 'required', column: 'code' },
          { rule: 'range', column: 'boss', min: '1', onBreak: 'warn' },
        ];
        what.rules = [{ rule: 'required', column: 'person' }];
        what.batchSize = 500;
      }),
    );
    expect(tableOf(plan, 'people').rules.map(({ onBreak }) => onBreak)).toEqual(['quarantine', 'warn']);
    expect(tableOf(plan, 'orders').rules.map(({ onBreak }) => onBreak)).toEqual(['stop']);
    expect(tableOf(plan, 'orders').batchSize).toBe(500);
  });

  test('that can not be held block, with their column', () => {
    const found = blockers((who, _, project) => {
      who.rules = [
        { rule: 'required', column: 'nothing' },
        { rule: 'matches', column: 'code', pattern: '(' },
        { rule: 'range', column: 'boss', min: 'many' },
      ];
      project.tables.find(({ source }) => source === 'log')!.rules = [{ rule: 'unique', columns: ['line'] }];
    });
    expect(found.map((each) => each.slice(0, 60))).toEqual([
      'map.bad-rule people: The rule nothing: required of people ca',
      'map.bad-rule people.code: The rule code: matches ( of people',
      'map.bad-rule people.boss: The rule boss: at least many of pe',
      "map.bad-rule log.line: The rule line: unique of log can't be",
    ]);
  });
});

describe('lookups', () => {
  test('are found in tables that move, with the types they will have', () => {
    const plan = planOf(
      shop((_, what) => {
        const person = what.columns.find(({ source }) => source === 'person')!;
        person.steps = [{ do: 'lookup', in: 'people', match: 'code', take: 'id' }];
        person.type = 'integer';
      }),
    );
    expect(tableOf(plan, 'orders').lookups).toMatchObject([
      { table: 'people', moves: true, stands: false, match: { name: 'code' }, take: { name: 'id', native: 'integer' } },
    ]);
  });

  test('into nowhere, into oneself, or in a circle block', () => {
    const steps = (name: string) => [{ do: 'lookup' as const, in: name, match: 'id', take: 'id' }];
    const found = blockers((who, what, project) => {
      who.columns.find(({ source }) => source === 'boss')!.steps = steps('orders');
      what.columns.find(({ source }) => source === 'person')!.steps = steps('people');
      const line = project.tables.find(({ source }) => source === 'log')!.columns[0]!;
      line.steps = [{ do: 'lookup', in: 'log', match: 'line', take: 'line' }, ...steps('nowhere')];
    }).filter((each) => each.startsWith('map.bad-lookup'));
    expect(found).toEqual([
      'map.bad-lookup log.line: log.line looks into nowhere: it does not move and is not in the target.',
      'map.bad-lookup people.boss: people.boss looks into orders, which looks into people again: neither can be loaded first.',
      'map.bad-lookup orders.person: orders.person looks into people, which looks into orders again: neither can be loaded first.',
      'map.bad-lookup log.line: log.line looks into itself: neither can be loaded first.',
    ]);
  });
});
