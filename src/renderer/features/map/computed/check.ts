// What the source says of an expression: its type, the first values, or in its own words what is wrong.

import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import { engine } from '../../../client/engine.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { endpointOf } from '../../../client/stores/sides.ts';
import { describeMapping } from '../describe.ts';

const ROWS = 5;

export interface Checked {
  readonly sql: string;
  /** In the source; '' where it has none. */
  readonly native: string;
  /** What the target would have for it. */
  readonly proposed: string | null;
  readonly values: readonly (string | null)[];
}

/** Throws `map.bad-expression` with the words of the source. */
export async function checkExpression(of: TableMapping, column: ColumnMapping, sql: string): Promise<Checked> {
  const { project } = projectStore.getState();
  if (!project) throw new Error('no project is open');
  // Any value is a text, so that nothing but the expression can be at fault.
  const alone: ColumnMapping = {
    source: column.source,
    target: column.target,
    type: 'text',
    from: { kind: 'expression', sql },
  };
  const { limit: _, rules: __, keys: ___, ...rest } = of;
  const mapping: TableMapping = { ...rest, columns: [alone] };
  const { columns, rows } = await engine.call('map.preview', {
    project: { ...project, tables: [mapping] },
    source: endpointOf('source'),
    target: endpointOf('target'),
    table: { source: of.source, target: of.target },
    limit: ROWS,
  });
  const described = await describeMapping(mapping);
  return {
    sql,
    native: columns[0]?.sourceType ?? '',
    proposed: described.columns.find(({ source }) => source === column.source)?.type ?? null,
    values: rows.map((row) => row[0]?.before ?? null),
  };
}
