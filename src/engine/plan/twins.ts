// Two that are mapped to one name: reported with the name that would be free, under which the plan goes on.

import type { Remedy } from '../../shared/model/finding.ts';
import type { TableMapping } from '../../shared/model/mapping.ts';
import { fitName, nameKey } from '../dialects/names.ts';
import { type Context, finding } from './context.ts';

export interface Named {
  readonly source: string;
  readonly target: string;
  /** A table that feeds one with others. */
  readonly joins?: boolean | undefined;
}

/** Tables (`table` null), or the columns of one table. */
export function withoutTwins<N extends Named>(all: readonly N[], context: Context, table: TableMapping | null): N[] {
  const { targetCan, target } = context;
  const key = (name: string): string => nameKey(name, targetCan);
  const reserved = new Set([
    ...all.map((each) => key(each.target)),
    ...(table ? [] : target.tables.map(({ name }) => key(name))),
  ]);
  const seen = new Map<string, string>();
  return all.map((each) => {
    const first = seen.get(key(each.target));
    if (first === undefined) {
      seen.set(key(each.target), each.source);
      return each;
    }
    const to = freeName(each.target, (name) => !reserved.has(key(name)), targetCan);
    reserved.add(key(to));
    reportTwin(each, first, to, context, table);
    return { ...each, target: to };
  });
}

/** The name with a number behind it, the first that is free. */
export function freeName(name: string, isFree: (name: string) => boolean, can: Context['targetCan']): string {
  for (let n = 2; ; n++) {
    const candidate = fitName(`${name}_${n}`, can);
    if (isFree(candidate)) return candidate;
  }
}

function reportTwin(
  { source, target }: Named,
  first: string,
  to: string,
  { report }: Context,
  table: TableMapping | null,
): void {
  const rename = `Rename ${source} to ${to} in the target.`;
  const skip = `Leave ${source} out.`;
  if (table) {
    const at = { table: table.source, column: source };
    const remedies: Remedy[] = [
      { text: rename, change: { kind: 'rename column', ...at, to } },
      { text: skip, change: { kind: 'skip column', ...at } },
    ];
    const message = `Columns ${first} and ${source} of ${table.source} are mapped to the same name ${target}.`;
    report(finding('blocker', 'map.name-collision', { side: 'project', ...at }, message, remedies));
    return;
  }
  const remedies: Remedy[] = [
    { text: rename, change: { kind: 'rename table', table: source, to } },
    { text: `Let both feed ${target}.`, change: { kind: 'join', table: source } },
    { text: skip, change: { kind: 'skip table', table: source } },
  ];
  const message = `Tables ${first} and ${source} are mapped to the same name ${target}.`;
  report(finding('blocker', 'map.name-collision', { side: 'project', table: source }, message, remedies));
}
