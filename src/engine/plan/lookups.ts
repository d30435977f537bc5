// Lookups of a plan: which columns of which target tables steps look into, and what stands in their way.

import type { LookupPlan, ReadColumn } from '../../shared/model/plan.ts';
import { type LookupOf, lookupsOf } from '../pipeline/transforms/chain.ts';
import { type Context, finding } from './context.ts';
import { existingTable } from './existing.ts';
import type { TablePair } from './reconcile.ts';

/** Each one once. What can't be looked into is left out, and blocks the plan. */
export function planLookups(pair: TablePair, pairs: readonly TablePair[], context: Context): LookupPlan[] {
  const plans = new Map<string, LookupPlan>();
  for (const { lookup, column } of lookupsIn(pair)) {
    const found = resolve(lookup, pairs, context);
    if (typeof found !== 'string') plans.set(JSON.stringify([lookup.in, lookup.match, lookup.take]), found);
    else refuse(pair, column, `looks into ${lookup.in}: ${found}`, context);
  }
  return [...plans.values()];
}

/** Two tables that wait for each other would wait for ever. */
export function reportCycles(pairs: readonly TablePair[], context: Context): void {
  const looksInto = lookedInto(pairs);
  for (const pair of pairs) {
    const { target } = pair.mapping;
    const way = wayBack(target, looksInto);
    // Of several that feed a table, those are named that look into others.
    const column = way && lookupsIn(pair).find(({ lookup }) => lookup.in === way[0])?.column;
    if (!way || column === undefined) continue;
    const words = way.length === 1 ? 'itself' : way.slice(0, -1).join(', which looks into ');
    const back = way.length === 1 ? '' : `, which looks into ${target} again`;
    refuse(pair, column!, `looks into ${words}${back}: neither can be loaded first`, context);
  }
}

/** Whether a table can look into another one, beside all that is looked into already. */
export function mayLookInto(table: string, other: string, pairs: readonly TablePair[]): boolean {
  return table !== other && !waysFrom(other, lookedInto(pairs)).some((way) => way.at(-1) === table);
}

function lookedInto(pairs: readonly TablePair[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...Map.groupBy(pairs, ({ mapping }) => mapping.target)].map(([target, feeding]) => [
      target,
      new Set(feeding.flatMap(lookupsIn).map(({ lookup }) => lookup.in)),
    ]),
  );
}

/** By steps, and by rules that ask whether a row exists; each with its source column. */
function lookupsIn({ mapping, columns }: TablePair): { readonly lookup: LookupOf; readonly column: string }[] {
  const bySteps = columns.flatMap(({ source, shape }) =>
    lookupsOf(shape?.steps ?? []).map((lookup) => ({ lookup, column: source.name })),
  );
  const byRules = (mapping.rules ?? []).flatMap((rule) => {
    if (rule.rule !== 'exists') return [];
    const column = columns.find((each) => each.mapping.target === rule.column)?.source.name ?? rule.column;
    return [{ lookup: { in: rule.in, match: rule.match, take: rule.match }, column }];
  });
  return [...bySteps, ...byRules];
}

/** The shortest way from a table back to itself. */
function wayBack(start: string, looksInto: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  return waysFrom(start, looksInto).find((way) => way.at(-1) === start);
}

/** A shortest way to each table that is looked into from here, by way of others or not. */
function waysFrom(start: string, looksInto: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const ways: string[][] = [];
  const seen = new Set<string>();
  const open: string[][] = [[]];
  for (let way = open.shift(); way; way = open.shift()) {
    for (const next of looksInto.get(way.at(-1) ?? start) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      const further = [...way, next];
      ways.push(further);
      open.push(further);
    }
  }
  return ways;
}

/** Why it can't be looked into, where it can't. */
function resolve(lookup: LookupOf, pairs: readonly TablePair[], context: Context): LookupPlan | string {
  const { in: table, match, take } = lookup;
  const moving = pairs.find(({ mapping }) => mapping.target === table);
  const standing = moving ? null : existingTable(table, context.target, context);
  if (!moving && !standing) return 'it does not move and is not in the target';
  const columns: ReadColumn[] = moving
    ? moving.columns.map(({ mapping, targetLogical }) => ({
        name: mapping.target,
        native: mapping.type,
        logical: targetLogical,
      }))
    : standing!.columns.map(({ name, native, logical }) => ({ name, native, logical }));
  const find = (name: string) => columns.find((column) => column.name === name);
  const [matched, taken] = [find(match), find(take)];
  if (!matched || !taken) return `it has no column ${matched ? take : match}`;
  return {
    table: standing?.name ?? table,
    moves: moving !== undefined,
    stands: !moving || moving.into !== null,
    match: matched,
    take: taken,
  };
}

function refuse(pair: TablePair, column: string, what: string, { report }: Context): void {
  const table = pair.source.name;
  const place = { side: 'project', table, column } as const;
  report(finding('blocker', 'map.bad-lookup', place, `${table}.${column} ${what}.`, ['Change the lookup.']));
}
