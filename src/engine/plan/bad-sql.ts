// SQL of a project that the source does not take or can't compute: each a blocker, and left out, so that the rest of the
// plan can be seen.

import { DroverError } from '../../shared/errors.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Project, TableMapping } from '../../shared/model/mapping.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { finding } from './context.ts';
import { numbersRows } from './derived.ts';

/** Plans again without it only where there is bad SQL: looking beforehand would cost every plan a question. */
export async function leavingOutBadSql(project: Project, make: (project: Project) => Promise<Plan>): Promise<Plan> {
  try {
    return await make(project);
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    const { table } = error.data.where;
    const [blamed] = project.tables.filter((mapping) => mapping.source === table && isToBlame(mapping, error));
    if (!blamed) throw error;
    const without = isOfFilter(blamed, error) ? withoutFilter : withoutComputing;
    const tables = project.tables.map((mapping) => (mapping === blamed ? without(mapping) : mapping));
    const plan = await leavingOutBadSql({ ...project, tables }, make);
    return { ...plan, findings: [faultOf(blamed, error), ...plan.findings] };
  }
}

function isToBlame(mapping: TableMapping, error: DroverError): boolean {
  if (mapping.skip) return false;
  return isOfFilter(mapping, error) || (error.code === 'map.bad-query' && computes(mapping));
}

/** Where rows are numbered the filter is a part of the query that they come from. */
function isOfFilter(mapping: TableMapping, { code }: DroverError): boolean {
  if (!mapping.filter?.trim()) return false;
  return code === 'plan.bad-filter' || (code === 'map.bad-query' && numbersRows(mapping));
}

function computes({ query, columns }: TableMapping): boolean {
  return query !== undefined || columns.some(({ skip, from }) => !skip && from?.kind === 'expression');
}

function withoutFilter({ filter: _, ...mapping }: TableMapping): TableMapping {
  return mapping;
}

/** Expressions go on as NULL; of a query nothing is left. */
function withoutComputing(mapping: TableMapping): TableMapping {
  if (mapping.query !== undefined) return { ...mapping, skip: true };
  const columns = mapping.columns.map((column) =>
    column.from?.kind === 'expression' ? { ...column, from: { kind: 'constant', value: null } as const } : column,
  );
  return { ...mapping, columns };
}

function faultOf(mapping: TableMapping, error: DroverError): Finding {
  const { source } = mapping;
  const place = { side: 'project', table: source } as const;
  const cause = error.data.cause ?? error.message;
  return isOfFilter(mapping, error)
    ? finding('blocker', 'plan.bad-filter', place, `The source does not accept the filter of ${source}: ${cause}`, [
        'Correct the filter in the project; it is a condition in the words of the source.',
      ])
    : finding('blocker', 'map.bad-query', place, `The source can't compute what is read as ${source}: ${cause}`, [
        `Correct ${mapping.query === undefined ? 'its expressions' : 'its query'} in the project.`,
      ]);
}
