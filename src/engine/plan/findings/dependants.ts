// Findings on what hangs on a table that is replaced: what is made anew on the new one, and what would stay behind.

import { list, many } from '../../../shared/format.ts';
import type { Dependant, Table } from '../../../shared/model/catalog.ts';
import type { Remedy } from '../../../shared/model/finding.ts';
import type { TargetTable } from '../../../shared/model/plan.ts';
import { dependantWords, type Fate, fateOf } from '../../dialects/carrying.ts';
import { type Context, finding } from '../context.ts';

/** `moves` tells of a table of the target whether the plan replaces it; `ways` lead around replacing this one. */
export function reportDependants(
  planned: TargetTable,
  standing: Table,
  moves: (table: string) => boolean,
  ways: readonly Remedy[],
  context: Context,
): void {
  const carried: Dependant[] = [];
  for (const dependant of standing.dependants) {
    const fate = retyped(dependant, fateOf(dependant, planned, context.targetCan, moves), planned, standing, context);
    if (fate.kind === 'carried') carried.push(dependant);
    if (fate.kind === 'stuck') reportStuck(dependant, fate.why, standing, ways, context);
  }
  if (carried.length > 0) reportCarried(carried, planned, standing, context);
}

/** A view can't be replaced by one whose columns have other types. */
function retyped(
  { kind, columns = [] }: Dependant,
  fate: Fate,
  planned: TargetTable,
  standing: Table,
  { targetDialect: { types } }: Context,
): Fate {
  if (kind !== 'view' || fate.kind !== 'carried') return fate;
  const meaning = (native: string): string => JSON.stringify(types.parse(native) ?? native);
  for (const name of columns) {
    const was = standing.columns.find((column) => column.name === name)?.native;
    const becomes = planned.columns.find((column) => column.name === name)?.native;
    if (was === undefined || becomes === undefined || meaning(was) === meaning(becomes)) continue;
    return { kind: 'stuck', why: `it uses the column ${name}, whose type changes from ${was} to ${becomes}` };
  }
  return fate;
}

/** Moved aside with the old table it would silently serve old rows. */
function reportStuck(
  dependant: Dependant,
  why: string | null,
  table: Table,
  ways: readonly Remedy[],
  { report }: Context,
): void {
  report(
    finding(
      'blocker',
      'target.stays-behind',
      { side: 'target', table: table.name, object: dependant.name },
      `The ${dependantWords(dependant)} would stay with the old table ${table.name} when the new one takes its place${why === null ? '' : `: ${why}`}.`,
      [`Drop the ${dependantWords(dependant)} in the target, and create it again after the run.`, ...ways],
    ),
  );
}

function reportCarried(carried: readonly Dependant[], planned: TargetTable, table: Table, { report }: Context): void {
  const kinds = Map.groupBy(carried, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, all]) => `${all.length} ${all.length === 1 ? kind : plural(kind)}`);
  const names = [...kinds].map(([kind, all]) => `${kind} ${list(all.map(({ name }) => name))}`);
  const one = carried.length === 1;
  report(
    finding(
      'note',
      'target.carried',
      { side: 'target', table: table.name },
      `${list(counts, counts.length)} of ${table.name} ${one ? 'is' : 'are'} made anew on the new table: ${names.join('; ')}.`,
    ),
  );
  const lost = table.columns.filter(({ name }) => !planned.columns.some((column) => column.name === name));
  const triggers = kinds.get('trigger') ?? [];
  if (triggers.length === 0 || lost.length === 0) return;
  report(
    finding(
      'warning',
      'target.trigger-columns',
      { side: 'target', table: table.name },
      `The new table ${table.name} lacks ${many(lost.length, 'column')} of the old one (${list(lost.map(({ name }) => name))}). Whether what its triggers call (${list(triggers.map(({ name }) => name))}) uses ${lost.length === 1 ? 'it' : 'them'}, nobody can tell beforehand.`,
      ['Look at the functions of these triggers; one that fails lets every write to the table fail.'],
    ),
  );
}

function plural(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
