// Columns and tables that are added get the names and types that automatic mapping would give them.

import type { ColumnMapping, TableMapping } from '../../../shared/model/mapping.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { catalogs } from '../../client/stores/catalogs.ts';
import { projectStore } from '../../client/stores/project.ts';
import { endpointOf } from '../../client/stores/sides.ts';
import { describeMapping } from './describe.ts';
import { known, sourceKey } from './known.ts';
import { doEdit } from './mapping.ts';
import { addComputed, newComputed, type OriginKind } from './model/computed.ts';
import { addColumn } from './model/edits.ts';
import { rowId } from './model/rows.ts';
import { addTable, freeTableNames, isView, readsFrom } from './model/uses.ts';
import { select, setOpen } from './selection.ts';

/** A column of the source that is not mapped. */
export function proposeColumn(table: string, mapping: TableMapping, source: string): Promise<void> {
  return adding(async () => {
    const column = (await proposalsFor(mapping)).find((each) => each.source === source);
    if (column) doEdit(addColumn(table, column));
    select(table, source);
  });
}

/** A column that the source computes, under a name that is free; then a person says what it is. */
export function proposeComputed(table: string, mapping: TableMapping, kind: OriginKind): Promise<void> {
  return adding(async () => {
    const found = known.getState().tables.get(sourceKey(mapping));
    const names = found?.state === 'known' ? found.value.columns.map(({ name }) => name) : [];
    const column = newComputed(kind, mapping, names, familyOfSource());
    const { columns } = await describeMapping({ ...mapping, columns: [{ ...column, type: '' }] });
    const type = columns.find(({ source }) => source === column.source)?.type ?? '';
    known.setState({ fresh: rowId(table, column.source) });
    doEdit(addComputed(table, { ...column, type }));
    select(table, column.source);
    setOpen(table, true);
  });
}

export type Added =
  | { readonly kind: 'again' | 'view'; readonly name: string }
  | { readonly kind: 'query'; readonly name: string; readonly query: string; readonly rowKey: readonly string[] };

/** Another use of a table, a view, or a SELECT, as a table of its own. Throws DroverError. */
export async function proposeTable(added: Added): Promise<void> {
  const { project } = projectStore.getState();
  if (!project) return;
  const { source: looked } = catalogs.getState();
  const inSource = looked.state === 'ready' ? looked.overview.tables.map(({ name }) => name) : [];
  const isMapped = project.tables.some((each) => each.source === added.name);
  // What is read under its own name needs no other, as long as nobody has it.
  const taken = added.kind === 'view' && !isMapped ? [] : inSource;
  const names = freeTableNames({ source: added.name, target: added.name }, project.tables, taken);
  const mapping: TableMapping = {
    ...names,
    columns: [],
    ...(added.kind === 'query' ? { query: added.query } : {}),
    ...(added.kind === 'query' && added.rowKey.length > 0 ? { rowKey: [...added.rowKey] } : {}),
    ...(added.kind !== 'query' && names.source !== added.name ? { table: added.name } : {}),
  };
  const columns = await proposalsFor(mapping);
  doEdit(addTable({ ...mapping, columns }));
  select(names.source);
}

/** Values have a say where a table is read; see `map.describe` for the rest. */
async function proposalsFor(mapping: TableMapping): Promise<ColumnMapping[]> {
  const { project } = projectStore.getState();
  const { source: looked } = catalogs.getState();
  const name = readsFrom(mapping);
  if (!project || name === null || isView(name, looked.state === 'ready' ? looked.overview : null)) {
    return (await describeMapping({ ...mapping, columns: [] })).columns;
  }
  const made = await engine.call('map', {
    source: endpointOf('source'),
    target: endpointOf('target'),
    name: project.name,
    naming: project.naming,
    ...(project.typeRules ? { typeRules: project.typeRules } : {}),
    tables: [name],
  });
  return made.tables[0]?.columns ?? [];
}

async function adding(add: () => Promise<void>): Promise<void> {
  known.setState({ adding: { state: 'asking' } });
  try {
    await add();
    known.setState({ adding: null });
  } catch (thrown) {
    known.setState({ adding: { state: 'failed', error: failureOf(thrown) } });
  }
}

function familyOfSource() {
  const { source } = catalogs.getState();
  return source.state === 'ready' ? source.overview.server.family : 'postgres';
}
