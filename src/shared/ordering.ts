// The order of lists: the same on a screen that holds all rows and in the engine, which hands them out page by page.

export type Value = string | number | null;

export interface SortBy<K extends string = string> {
  readonly by: K;
  readonly descending: boolean;
}

/** Numbers by size, texts as people order them; what is absent comes first. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return collator.compare(String(a), String(b));
}

/** The first of `sort` decides, then the next; what is equal stays as it came. */
export function inOrder<R, K extends string>(
  rows: readonly R[],
  sort: readonly SortBy<K>[],
  pick: (row: R, by: K) => Value,
): readonly R[] {
  if (sort.length === 0) return rows;
  // A value is reckoned once, not in every comparison.
  const keyed = rows.map((row) => ({ row, values: sort.map(({ by }) => pick(row, by)) }));
  keyed.sort((a, b) => {
    for (const [i, { descending }] of sort.entries()) {
      const order = compareValues(a.values[i]!, b.values[i]!);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator('en', { numeric: true });
