// What a mapping reads and computes, with a proposal for each of its columns: asked of the engine.

import type { CallOutput } from '../../../shared/contract.ts';
import type { TableMapping } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { projectStore } from '../../client/stores/project.ts';
import { endpointOf } from '../../client/stores/sides.ts';

/** Of the mapping only where it reads, and its columns. Throws `map.bad-query`, `map.bad-expression`. */
export function describeMapping(mapping: TableMapping): Promise<CallOutput<'map.describe'>> {
  const { project } = projectStore.getState();
  const { source, target, table, query, rowKey, columns } = mapping;
  return engine.call('map.describe', {
    source: endpointOf('source'),
    target: endpointOf('target'),
    mapping: {
      source,
      target,
      columns,
      ...(table === undefined ? {} : { table }),
      ...(query === undefined ? {} : { query }),
      ...(rowKey === undefined ? {} : { rowKey }),
    },
    ...(project ? { naming: project.naming } : {}),
    ...(project?.typeRules ? { typeRules: project.typeRules } : {}),
  });
}
