// Tables that are to be replaced and keep their place: which, why, and what goes with them.

import { describe, expect, test } from 'vitest';
import type { Dependant, Table } from '../../src/shared/model/catalog.ts';
import type { Plan } from '../../src/shared/model/plan.ts';
import { catalog, column, foreignKey, INT, servers, table } from '../support/catalogs.ts';
import { findingsOf, planOf, tableOf } from '../support/plans.ts';
import { mysql, postgres } from '../support/pure-dialects.ts';

const id = column('id', 'integer', INT, { nullable: false });
const pk = { name: 't_pkey', columns: ['id'] };

describe('tables that keep their place', () => {
  const owned: Dependant = { kind: 'view', name: 'v', hindrance: 'it belongs to the role r' };
  const trigger: Dependant = { kind: 'trigger', name: 'told' };
  const standing = (name: string, dependants: Dependant[], more: Partial<Table> = {}) =>
    table(name, [id], { primaryKey: pk, rowEstimate: 5, dependants, ...more });
  const planned = (server: 'postgres' | 'mysql', there: Table[], mode: 'replace' | 'create' = 'replace') => {
    const tables = there.map(({ name }) => table(name, [id], { primaryKey: pk }));
    const dialects = server === 'postgres' ? { from: mysql, to: postgres } : { from: postgres, to: mysql };
    return planOf({
      source: catalog(server === 'postgres' ? servers.mysql : servers.postgres, tables),
      target: catalog(servers[server], there),
      ...dialects,
      edit: (project) => {
        project.mode = mode;
      },
    });
  };
  const refilled = (plan: Plan) => plan.tables.filter(({ merge }) => merge?.refills).map(({ target }) => target.name);

  test('are told, with the reason and the way around it', () => {
    const plan = planned('postgres', [standing('t', [owned])]);
    expect(plan.findings.find(({ code }) => code === 'target.refilled')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('The view v (it belongs to the role r) would stay with the old table.'),
      remedies: [{ text: expect.stringMatching(/^To have the table itself replaced, drop the view v /) }],
    });
    expect(plan.publish).toBe('rows of 1 table exchanged in one transaction');
    expect(tableOf(plan, 't')).toMatchObject({
      mode: 'replace',
      merge: { refills: true, onConflict: 'update', key: ['id'] },
    });
  });

  test('take along those that foreign keys tie to them, or all, where both can not be seen at once', () => {
    const there = [
      standing('t', [owned]),
      standing('child', [], { foreignKeys: [foreignKey('fk', ['id'], 't', ['id'])] }),
      standing('grandchild', [], { foreignKeys: [foreignKey('fk', ['id'], 'child', ['id'])] }),
      standing('alone', []),
    ];
    expect(refilled(planned('postgres', there)).sort()).toEqual(['child', 'grandchild', 't']);
    expect(refilled(planned('mysql', [standing('t', [trigger]), standing('alone', [])])).sort()).toEqual([
      'alone',
      't',
    ]);
  });

  test('are none where nothing hangs on them, nothing is replaced, or rows of others would go too', () => {
    expect(refilled(planned('mysql', [standing('t', [])]))).toEqual([]);
    expect(refilled(planned('mysql', [standing('t', [trigger])], 'create'))).toEqual([]);
    const fromElsewhere: Dependant = { kind: 'foreign key', name: 'fk', of: { schema: 'other', table: 'o' } };
    for (const plan of [
      planned('mysql', [standing('t', [trigger]), standing('held', [fromElsewhere])]),
      planned('postgres', [standing('t', [owned, { kind: 'child table', name: 'c' }])]),
    ]) {
      expect(refilled(plan)).toEqual([]);
      expect(findingsOf(plan).filter((each) => each.startsWith('blocker target.stays-behind')).length).toBe(2);
    }
  });
});
