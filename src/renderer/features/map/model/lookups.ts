// Lookups: which other tables of a mapping must be known for one of them to be previewed.

import type { TableMapping } from '../../../../shared/model/mapping.ts';

/** The table first, then those that its steps look into, and what those look into in their turn. */
export function withLookedInto(tables: readonly TableMapping[], mapping: TableMapping): TableMapping[] {
  const found = [mapping];
  const names = new Set([mapping.target]);
  for (const { columns } of found) {
    for (const name of columns.flatMap(looksInto)) {
      if (names.has(name)) continue;
      names.add(name);
      found.push(...tables.filter(({ target, skip }) => target === name && !skip));
    }
  }
  return found;
}

function looksInto({ skip, steps = [] }: TableMapping['columns'][number]): string[] {
  return skip ? [] : steps.flatMap((step) => (step.do === 'lookup' ? [step.in] : []));
}
