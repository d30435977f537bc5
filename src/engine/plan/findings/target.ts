// Findings on the target: tables that stand there now, and what hangs on them.

import { DroverError } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import { type Context, finding } from '../context.ts';
import { stayingTables } from '../names.ts';
import { existingTable, listed } from '../reconcile.ts';

type Standing = Pick<TablePlan, 'mode' | 'existing'> & { readonly target: { readonly name: string } };

/** Throws `plan.target-has-rows` for tables with rows that the project does not say to replace. */
export function refuseRows(tables: readonly Standing[]): void {
  const full = tables.filter(({ existing, mode }) => existing && !existing.empty && mode !== 'replace');
  if (full.length === 0) return;
  const names = full.map(({ target }) => target.name);
  throw new DroverError(
    'plan.target-has-rows',
    full.length === 1
      ? `The target has a table ${names[0]} with rows in it.`
      : `The target has ${full.length} of the tables, with rows in them: ${listed(names)}.`,
    {
      hint: 'Choose --mode replace to put the new tables in their place and keep the old ones as a backup, or choose an empty target.',
      where: { side: 'target', ...(full.length === 1 ? { table: names[0]! } : {}) },
    },
  );
}

export function reportTarget(tables: readonly Standing[], context: Context): void {
  const names = tables.map(({ target }) => target.name);
  const staying = stayingTables(context.target, names, context.targetCan);
  for (const { target, existing } of tables) {
    const table = existing && existingTable(target.name, context.target, context);
    if (!table) continue;
    context.report(
      finding(
        'note',
        'target.replaced',
        { side: 'target', table: table.name },
        existing.empty
          ? `An empty table ${table.name} stands in the target; the new one takes its place and it is kept as a backup.`
          : `${table.name} in the target, with ${existing.rows} rows, is replaced and kept as a backup.`,
      ),
    );
    reportDependants(table, staying, context);
  }
}

/** What would stay with the old table when it moves aside would silently serve old rows. */
function reportDependants(table: Table, staying: readonly Table[], context: Context): void {
  const { target, targetCan } = context;
  const stays = new Set(targetCan.staysBehindOnReplace);
  const known = new Set(
    target.tables.flatMap((each) =>
      each.foreignKeys.flatMap((key) => [
        `${each.name}.${key.name}`,
        `${target.schema ?? target.database}.${each.name}.${key.name}`,
      ]),
    ),
  );
  const outside = staying.flatMap((other) =>
    other.foreignKeys
      .filter((key) => key.references.table === table.name)
      .map((key) => ({ kind: 'foreign key' as const, name: `${key.name} of ${other.name}` })),
  );
  // Foreign keys of the same schema are taken from the tables themselves, which tell which of them move along.
  const others = table.dependants.filter(({ kind, name }) => kind !== 'foreign key' || !known.has(name));

  for (const { kind, name } of [...others, ...outside]) {
    if (!stays.has(kind)) continue;
    context.report(
      finding(
        'blocker',
        'target.stays-behind',
        { side: 'target', table: table.name, object: name },
        `The ${kind} ${name} would stay with the old table ${table.name} when the new one takes its place.`,
        [
          `Drop the ${kind} ${name} in the target, and create it again after the run.`,
          `Skip ${table.name}, or map it to another name.`,
        ],
      ),
    );
  }
}
