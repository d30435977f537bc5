// The lanes of one table as the plan would give them, for a look at a mapping that is still being edited.

import { DroverError } from '../../shared/errors.ts';
import type { Lane, ReadColumn } from '../../shared/model/plan.ts';
import type { Profile } from '../../shared/model/profile.ts';
import type { PlannedRule } from '../../shared/model/rule.ts';
import type { TableName } from '../dialects/session.ts';
import { laneOf } from './columns.ts';
import { contextOf, type PlanSides } from './context.ts';
import { outerFilter, tableName } from './derived.ts';
import { reconcile } from './reconcile.ts';
import { planRules } from './rules.ts';
import { besidesOf } from './shapes.ts';

export interface PreviewLanes {
  readonly table: TableName;
  readonly filter: string | null;
  /** Those that can be asked; of the others the plan tells. */
  readonly rules: readonly PlannedRule[];
  /** Columns that are read for steps alone. */
  readonly besides: readonly ReadColumn[];
  /** In the target's order, without what is skipped. */
  readonly columns: readonly {
    readonly lane: Lane;
    readonly targetType: string;
    readonly nullable: boolean;
  }[];
}

/**
 * From mapping and catalogue, and from what is known of the values so far. The rest of the project does not matter.
 * Throws `project.drift` and `project.invalid`, naming the column.
 */
export function previewLanes(
  sides: PlanSides,
  table: { readonly source: string; readonly target: string },
  profile: Profile,
): PreviewLanes {
  const mapping = sides.project.tables.find(({ source, target }) => source === table.source && target === table.target);
  if (!mapping) {
    throw new DroverError('project.invalid', `The project does not map ${table.source} to ${table.target}.`, {
      hint: 'Choose a table of the project.',
      where: { side: 'project', table: table.source },
    });
  }
  const alone = { ...sides.project, tables: [{ ...mapping, skip: false }] };
  const context = contextOf({ ...sides, project: alone }, profile, () => undefined);
  const [pair] = reconcile(context);
  const lanes = pair!.columns.map((column) => laneOf(column, context));
  return {
    table: tableName(pair!.source),
    // What is kept aside or stops a run shows the same in a preview, and so does what needs a key.
    rules: planRules(pair!, lanes, ['any'], { onError: 'stop' }, context),
    filter: outerFilter(mapping),
    besides: besidesOf(pair!, lanes, context),
    columns: pair!.columns.map((column) => ({
      lane: laneOf(column, context),
      targetType: column.mapping.type,
      nullable: column.source.nullable,
    })),
  };
}
