// Which table refers to which: edges along foreign keys, cycles, and the neighbourhood of a table. Pure.

import type { TableSummary } from '../../../../shared/model/overview.ts';

export interface Reference {
  /** The table that holds the foreign key. */
  readonly from: string;
  readonly to: string;
  readonly keys: readonly string[];
}

export interface TableGraph {
  readonly tables: ReadonlyMap<string, TableSummary>;
  /** Between two tables at most one each way; a table's keys to itself are in `selfReferring`. */
  readonly references: readonly Reference[];
  readonly selfReferring: ReadonlySet<string>;
  /** For tables in a cycle, the number of their cycle: equal numbers belong together. */
  readonly cycles: ReadonlyMap<string, number>;
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
}

export function graphOf(summaries: readonly TableSummary[]): TableGraph {
  const tables = new Map(summaries.map((table) => [table.name, table]));
  const selfReferring = new Set<string>();
  const merged = new Map<string, { from: string; to: string; keys: string[] }>();
  for (const { name: from, references } of summaries) {
    for (const { name, schema, table: to } of references) {
      if (schema !== null || !tables.has(to)) continue;
      if (from === to) {
        selfReferring.add(from);
        continue;
      }
      const id = `${from}\n${to}`;
      const known = merged.get(id);
      if (known) known.keys.push(name);
      else merged.set(id, { from, to, keys: [name] });
    }
  }
  const references = [...merged.values()];
  const outgoing = gather(references, ({ from, to }) => [[from, to]]);
  const neighbours = gather(references, ({ from, to }) => [
    [from, to],
    [to, from],
  ]);
  return { tables, references, selfReferring, cycles: findCycles([...tables.keys()], outgoing), neighbours };
}

/** Tables at most `steps` references away, nearest first, at most `limit`. */
export function around({ neighbours }: TableGraph, table: string, steps: number, limit: number): readonly string[] {
  const reached = new Set([table]);
  let rim = [table];
  for (let step = 0; step < steps && reached.size < limit; step++) {
    const next: string[] = [];
    for (const name of rim.flatMap((each) => neighbours.get(each) ?? [])) {
      if (reached.has(name) || reached.size >= limit) continue;
      reached.add(name);
      next.push(name);
    }
    rim = next;
  }
  return [...reached];
}

function gather(
  references: readonly Reference[],
  pairsOf: (reference: Reference) => readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const gathered = new Map<string, string[]>();
  for (const [from, to] of references.flatMap(pairsOf)) {
    const known = gathered.get(from);
    if (known) known.push(to);
    else gathered.set(from, [to]);
  }
  return gathered;
}

/** Tarjan's strongly connected components, without recursion: a chain of 10,000 tables would be too deep. */
function findCycles(names: readonly string[], outgoing: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const waiting: string[] = [];
  const isWaiting = new Set<string>();
  const cycles = new Map<string, number>();
  let found = 0;

  for (const start of names) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.targets[top.at++];
      if (next === undefined) {
        path.pop();
        leave(top.name, path.at(-1)?.name);
      } else if (!index.has(next)) path.push(enter(next));
      else if (isWaiting.has(next)) lower(top.name, index.get(next)!);
    }
  }
  return cycles;

  function enter(name: string): { readonly name: string; readonly targets: readonly string[]; at: number } {
    index.set(name, index.size);
    low.set(name, index.size - 1);
    waiting.push(name);
    isWaiting.add(name);
    return { name, targets: outgoing.get(name) ?? [], at: 0 };
  }

  function leave(name: string, parent: string | undefined): void {
    if (parent !== undefined) lower(parent, low.get(name)!);
    if (low.get(name) !== index.get(name)) return;
    const members = waiting.splice(waiting.lastIndexOf(name));
    for (const member of members) isWaiting.delete(member);
    if (members.length === 1) return;
    found++;
    for (const member of members) cycles.set(member, found);
  }

  function lower(name: string, to: number): void {
    low.set(name, Math.min(low.get(name)!, to));
  }
}
