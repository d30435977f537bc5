// Whether a column of the target may be NULL.

import type { Column, Table } from '../../shared/model/catalog.ts';
import type { ColumnMapping, TableMapping } from '../../shared/model/mapping.ts';
import type { Shape } from '../../shared/model/plan.ts';
import type { Context } from './context.ts';

interface MappedColumn {
  readonly mapping: ColumnMapping;
  readonly source: Column;
  readonly shape: Shape | null;
}

interface MappedTable {
  readonly mapping: TableMapping;
  readonly source: Table;
}

/** A constant NULL: there are no values that could be asked, converted or counted. */
export function isNothing({ from }: Pick<ColumnMapping, 'from'>): boolean {
  return from?.kind === 'constant' && from.value === null;
}

export function staysNullable(column: MappedColumn, table: MappedTable, context: Context): boolean {
  return mayBeNull(column) && !mustBeGiven(column, table, context);
}

/** A person's word goes before what the source says. */
function mayBeNull({ mapping, source, shape }: MappedColumn): boolean {
  return mapping.nullable ?? (source.nullable || (shape !== null && givesNull(shape)));
}

/** SQLite alone lets a primary key hold NULL; everywhere else its columns are NOT NULL, declared so or not. */
function mustBeGiven(
  { mapping, source }: MappedColumn,
  table: MappedTable,
  { sourceCan, targetCan }: Context,
): boolean {
  const declared = table.mapping.keys?.primary;
  if (declared) return declared.includes(mapping.target);
  if (sourceCan.dynamicTypes && targetCan.dynamicTypes) return false;
  return table.source.primaryKey?.columns.includes(source.name) ?? false;
}

/** Whether a column that is never NULL in the source may be so after its steps. */
function givesNull({ steps }: Shape): boolean {
  return steps.some((step) => {
    if ('onFailure' in step && step.onFailure === 'null') return true;
    switch (step.do) {
      case 'null if':
      case 'split':
      case 'pick':
        return true;
      case 'map values':
        return step.otherwise === 'null' || Object.values(step.values).includes(null);
      default:
        return false;
    }
  });
}
