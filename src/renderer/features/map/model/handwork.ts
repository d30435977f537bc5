// Handwork: what a person decided that mapping anew would decide again, in words for the question before it.

import { many } from '../../../../shared/format.ts';
import type { Project } from '../../../../shared/model/mapping.ts';

/** Empty when nothing shows. Names and types chosen by hand look like any others and are not counted. */
export function handworkOf({ tables, rules = [] }: Project): string[] {
  const columns = tables.flatMap((table) => table.columns);
  const counts = [
    [tables.filter(({ skip }) => skip).length, 'table left out', 'tables left out'],
    [columns.filter(({ skip }) => skip).length, 'column left out', 'columns left out'],
    [tables.filter(({ table, query }) => table ?? query).length, 'table added', 'tables added'],
    [columns.filter(({ from }) => from).length, 'computed column', 'computed columns'],
    [tables.filter(({ filter }) => filter !== undefined).length, 'filter', 'filters'],
    [tables.filter(({ mode }) => mode !== undefined).length, 'mode of its own', 'modes of their own'],
    [tables.filter(({ limit }) => limit).length, 'rehearsal', 'rehearsals'],
    [tables.filter(({ keys }) => keys).length, 'table with declared keys', 'tables with declared keys'],
    [tables.reduce((n, table) => n + (table.rules?.length ?? 0), rules.length), 'rule', 'rules'],
    [columns.filter(({ steps }) => steps && steps.length > 0).length, 'column with steps', 'columns with steps'],
    [
      columns.filter((each) => each.unrepresentable === 'null').length,
      'column with misfits to NULL',
      'columns with misfits to NULL',
    ],
  ] as const;
  return counts.filter(([n]) => n > 0).map(([n, one, more]) => many(n, one, more));
}
