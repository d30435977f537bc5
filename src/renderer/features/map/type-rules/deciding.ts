// How many columns each type rule decides, of those that the mapping reads.

import { byHandIn } from '../../../../shared/by-hand.ts';
import type { Project, TypeRule } from '../../../../shared/model/mapping.ts';
import { decidingRule } from '../../../../shared/type-rules.ts';

export interface Decided {
  /** By rule, in the rules' order. */
  readonly columns: readonly number[];
  /** Columns that have no rule. */
  readonly proposed: number;
  /** Columns whose type was set by hand: no rule changes them. */
  readonly byHand: number;
}

export function decidedBy(rules: readonly TypeRule[], project: Project): Decided {
  const natives = new Map(
    project.seen?.source.map(({ name, columns }) => [name, new Map(columns.map((each) => [each.name, each.type]))]),
  );
  const isByHand = byHandIn(project);
  const columns = rules.map(() => 0);
  let proposed = 0;
  let byHand = 0;
  for (const table of project.tables) {
    for (const column of table.columns) {
      if (isByHand(table.source, column) === 'yes') {
        byHand++;
        continue;
      }
      const native = natives.get(table.source)?.get(column.source) ?? '';
      const rule = decidingRule(rules, { native, table: table.source, column: column.source });
      if (rule < 0) proposed++;
      else columns[rule]!++;
    }
  }
  return { columns, proposed, byHand };
}

/** The rule at another place in the order. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const rule = all[from];
  if (rule === undefined || to < 0 || to >= all.length) return [...all];
  return all.toSpliced(from, 1).toSpliced(to, 0, rule);
}
