// Findings on the target: tables that stand there now.

import { many } from '../../../shared/format.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import { nameKey } from '../../dialects/names.ts';
import { type Context, finding } from '../context.ts';
import { existingTable } from '../existing.ts';
import { isMerging } from '../merging/standing.ts';
import { freeName } from '../twins.ts';
import { reportDependants } from './dependants.ts';

type Standing = Pick<TablePlan, 'source' | 'target' | 'mode' | 'existing' | 'merge'>;

export function reportTarget(tables: readonly Standing[], context: Context): void {
  const names = tables.filter(({ merge }) => !merge).map(({ target }) => target.name);
  const moving = new Set(names.map((name) => nameKey(name, context.targetCan)));
  const moves = (name: string): boolean => moving.has(nameKey(name, context.targetCan));
  const elsewhere = elsewhereOf(tables, context);
  for (const standing of tables) {
    // What goes into a table leaves it where it is: merging has findings of its own.
    if (standing.merge || isMerging(standing.mode)) continue;
    const { source, target, existing } = standing;
    const table = existing && existingTable(target.name, context.target, context);
    if (!table) continue;
    if (isRefused(standing)) {
      refuseRows(standing, elsewhere, context);
      continue;
    }
    context.report(
      finding(
        'note',
        'target.replaced',
        { side: 'target', table: table.name },
        existing.empty
          ? `An empty table ${table.name} stands in the target; the new one takes its place and it is kept as a backup.`
          : `${table.name} in the target, with ${many(existing.rows, 'row')}, is replaced and kept as a backup.`,
      ),
    );
    reportDependants(standing.target, table, moves, elsewhere(source, target.name), context);
  }
}

/** The target's table holds rows, and nobody has said that it may be replaced. */
function isRefused({ existing, mode }: Standing): boolean {
  return existing !== null && !existing.empty && mode !== 'replace';
}

function refuseRows({ source, target }: Standing, elsewhere: Elsewhere, { report }: Context): void {
  const remedies: Remedy[] = [
    {
      text: 'Choose --mode replace to put the new table in its place and keep the old one as a backup.',
      change: { kind: 'mode', table: source, mode: 'replace' },
    },
    ...elsewhere(source, target.name),
  ];
  const message = `The target has a table ${target.name} with rows in it.`;
  report(finding('blocker', 'plan.target-has-rows', { side: 'target', table: target.name }, message, remedies));
}

/** Ways to leave a table of the target alone: remedies for the source table that wants its name. */
type Elsewhere = (source: string, name: string) => Remedy[];

function elsewhereOf(tables: readonly Standing[], { target, targetCan }: Context): Elsewhere {
  const key = (name: string): string => nameKey(name, targetCan);
  const taken = new Set(
    [...tables.map((each) => each.target.name), ...target.tables.map((each) => each.name)].map(key),
  );
  return (source, name) => {
    const to = freeName(name, (candidate) => !taken.has(key(candidate)), targetCan);
    const remedies: Remedy[] = [
      { text: `Map it to another name, such as ${to}.`, change: { kind: 'rename table', table: source, to } },
    ];
    // A plan without any table is none.
    if (tables.length > 1) {
      remedies.push({ text: `Leave ${source} out.`, change: { kind: 'skip table', table: source } });
    }
    return remedies;
  };
}
