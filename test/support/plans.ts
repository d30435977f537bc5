// Plans for unit tests: maps a literal source automatically, lets the test edit the project, and plans.

import type { Dialect } from '../../src/engine/dialects/dialect.ts';
import type { Statements } from '../../src/engine/dialects/session.ts';
import { mapAutomatically } from '../../src/engine/map/map.ts';
import { makePlan } from '../../src/engine/plan/plan.ts';
import type { Catalog } from '../../src/shared/model/catalog.ts';
import type { ColumnMapping, Project } from '../../src/shared/model/mapping.ts';
import type { Plan, TablePlan } from '../../src/shared/model/plan.ts';
import type { Profile } from '../../src/shared/model/profile.ts';

export interface PlanCase {
  readonly source: Catalog;
  readonly target: Catalog;
  readonly from: Dialect;
  readonly to: Dialect;
  readonly profile?: Profile;
  readonly targetProfile?: Profile;
  readonly statements?: Statements;
  readonly edit?: (project: Project) => void;
}

export function planOf({
  source,
  target,
  from,
  to,
  profile = {},
  targetProfile = {},
  statements = {},
  edit,
}: PlanCase): Plan {
  const project = mapAutomatically({
    source,
    target,
    targetDialect: to,
    profile,
    name: 'case',
    naming: 'keep',
    urls: { source: 's', target: 't' },
  });
  edit?.(project);
  return makePlan({
    project,
    source,
    target,
    sourceDialect: from,
    targetDialect: to,
    secrets: {},
    profile,
    targetProfile,
    statements,
  });
}

export function tableOf(plan: Plan, name: string): TablePlan {
  const found = plan.tables.find((table) => table.source === name);
  if (!found) throw new Error(`no table ${name} in the plan`);
  return found;
}

/** `columnOf(project, 'orders', 'id').type = 'bigint'` */
export function columnOf(project: Project, table: string, column: string): ColumnMapping {
  const found = project.tables.find((each) => each.source === table)?.columns.find((each) => each.source === column);
  if (!found) throw new Error(`no column ${table}.${column} in the project`);
  return found;
}

/** "blocker value.zero-date orders.created" for each finding. */
export function findingsOf(plan: Plan): string[] {
  return plan.findings.map(({ severity, code, place }) =>
    `${severity} ${code} ${[place.table, place.column ?? place.object].filter(Boolean).join('.')}`.trim(),
  );
}
