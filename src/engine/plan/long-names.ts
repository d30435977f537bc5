// Names that are longer than the target takes: reported with the name that fits, under which the plan goes on.

import type { Remedy } from '../../shared/model/finding.ts';
import type { TableMapping } from '../../shared/model/mapping.ts';
import { fitName, nameKey } from '../dialects/names.ts';
import { type Context, finding } from './context.ts';
import { freeName, type Named } from './twins.ts';

/** Tables (`table` null), or the columns of one table. */
export function withFittingNames<N extends Named>(
  all: readonly N[],
  context: Context,
  table: TableMapping | null,
): N[] {
  const { targetCan } = context;
  const taken = new Set(all.map((each) => nameKey(each.target, targetCan)));
  const isFree = (name: string): boolean => !taken.has(nameKey(name, targetCan));
  const given = new Map<string, string>();
  return all.map((each) => {
    const fitted = fitName(each.target, targetCan);
    if (fitted === each.target) return each;
    // Whoever feeds a table with others goes by their name.
    const shared = each.joins ? given.get(each.target) : undefined;
    const to = shared ?? (isFree(fitted) ? fitted : freeName(fitted, isFree, targetCan));
    given.set(each.target, to);
    taken.add(nameKey(to, targetCan));
    reportLength(each, to, context, table);
    return { ...each, target: to };
  });
}

function reportLength({ source, target }: Named, to: string, context: Context, table: TableMapping | null): void {
  const { length, unit } = context.targetCan.maxIdentifier;
  const text = `Rename it to ${to}.`;
  const remedies: Remedy[] = table
    ? [{ text, change: { kind: 'rename column', table: table.source, column: source, to } }]
    : [{ text, change: { kind: 'rename table', table: source, to } }];
  const place = table ? { table: table.source, column: source } : { table: source };
  const what = table ? `column ${table.source}.${source}` : `table ${source}`;
  const message = `The name ${target}, which ${what} shall have, is longer than the ${length} ${unit} that the target takes.`;
  context.report(finding('blocker', 'map.name-too-long', { side: 'project', ...place }, message, remedies));
}
