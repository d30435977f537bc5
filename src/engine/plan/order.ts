// The order of tables: those that others refer to come first; tables that refer to each other form a group.

export interface Edges {
  readonly name: string;
  /** Names of tables that this one refers to; itself and unknown names do not matter. */
  readonly refersTo: readonly string[];
}

/** Tarjan's strongly connected components, which come out parents first; stable in the given order. */
export function dependencyGroups(tables: readonly Edges[]): string[][] {
  const position = new Map(tables.map((table, i) => [table.name, i]));
  const edges = tables.map(({ refersTo }) =>
    refersTo.flatMap((name) => position.get(name) ?? []).sort((a, b) => a - b),
  );
  const found: number[] = tables.map(() => -1);
  const lowest: number[] = tables.map(() => 0);
  const open: number[] = [];
  const isOpen: boolean[] = tables.map(() => false);
  const groups: string[][] = [];
  let counter = 0;

  // With a stack of its own: chains of ten thousand tables must not overflow the call stack.
  for (const start of tables.keys()) {
    if (found[start] !== -1) continue;
    const path: { at: number; next: number }[] = [];
    enter(start, path);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const to = edges[top.at]![top.next++];
      if (to === undefined) {
        path.pop();
        if (lowest[top.at] === found[top.at]) close(top.at);
        const below = path.at(-1);
        if (below) lowest[below.at] = Math.min(lowest[below.at]!, lowest[top.at]!);
      } else if (found[to] === -1) enter(to, path);
      else if (isOpen[to]) lowest[top.at] = Math.min(lowest[top.at]!, found[to]!);
    }
  }
  return groups;

  function enter(at: number, path: { at: number; next: number }[]): void {
    found[at] = lowest[at] = counter++;
    open.push(at);
    isOpen[at] = true;
    path.push({ at, next: 0 });
  }

  function close(root: number): void {
    const members = open.splice(open.lastIndexOf(root));
    for (const at of members) isOpen[at] = false;
    groups.push(members.sort((a, b) => a - b).map((at) => tables[at]!.name));
  }
}
