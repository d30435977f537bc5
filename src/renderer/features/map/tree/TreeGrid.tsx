// The whole mapping as rows that open: tables, and their columns below them. Made for keys; the mouse can do all of it too.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Table } from '../../../../shared/model/catalog.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { reveal } from '../../../ui/list/reveal.ts';
import { useSeen } from '../../../ui/list/use-seen.ts';
import { AddColumn } from '../computed/AddColumn.tsx';
import { AddingFailure } from '../computed/AddingFailure.tsx';
import { askSource, known, sourceKey, useTargetTypes } from '../known.ts';
import classes from '../map.module.css';
import { useIssues, useSelected, useTarget } from '../mapping.ts';
import { rowId, tableRows, treeRows } from '../model/rows.ts';
import { selection } from '../selection.ts';
import { AddTable } from '../tables/AddTable.tsx';
import { FILTER_ID, TableFilter } from '../tables/TableFilter.tsx';
import { type Cell, pressed } from './keys.ts';
import { TreeLine } from './TreeLine.tsx';
import styles from './tree.module.css';

const ROW = 28;
const OVER = 8;
const heads = ['In the source', 'Source type', 'Name in the target', 'Type in the target', 'Take', 'Found'];

export function TreeGrid(): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project);
  const typed = useFrom(selection, (state) => state.typed);
  const open = useFrom(selection, (state) => state.open);
  const chosen = useFrom(selection, ({ table, column }) => (table === null ? null : rowId(table, column)));
  const found = useFrom(known, (state) => state.tables);
  const target = useTarget();
  const types = useTargetTypes(target?.server ?? null);
  const issues = useIssues();
  const selected = useSelected();
  const tables = project?.tables ?? null;
  const shown = useMemo(() => tableRows(tables ?? [], typed, open), [tables, typed, open]);
  const looked = useFrom(catalogs, ({ source }) => source);
  const columnsOf = useMemo(() => sourceColumns(found), [found]);
  const rows = useMemo(
    () => treeRows(tables ?? [], typed, open, (mapping) => columnsOf(sourceKey(mapping))?.names ?? null),
    [tables, typed, open, columnsOf],
  );
  const at = rows.findIndex(({ id }) => id === chosen);
  const [cell, setCell] = useState<Cell>('name');
  const [editing, setEditing] = useState<Cell | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { first, last } = useSeen(grid, { count: rows.length, height: ROW, over: OVER });

  useEffect(() => {
    for (const row of shown) if (row.open) void askSource(row.mapping, looked);
  }, [shown, looked]);
  useEffect(() => reveal(grid.current, at, ROW, ROW), [at]);

  // The same function for all rows, so that a row that stays the same is not drawn again.
  const end = useCallback((next: Cell | null) => {
    setEditing(next);
    if (next) setCell(next);
    else grid.current?.focus();
  }, []);

  function press(event: React.KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    const done = pressed({ key: event.key, alt: event.altKey, mod: event.ctrlKey || event.metaKey }, rows, at, cell);
    // The letter goes on to the field that takes the focus.
    if (done === 'type on') document.getElementById(FILTER_ID)?.focus();
    if (done === null || done === 'type on') return;
    event.preventDefault();
    if (done.cell) setCell(done.cell);
    if (done.edit) setEditing(done.edit);
  }

  return (
    <div className={classes.list}>
      <TableFilter shown={shown.length} all={tables?.length ?? 0}>
        <AddTable />
        {selected ? <AddColumn table={selected.key} mapping={selected.mapping} /> : null}
      </TableFilter>
      <AddingFailure />
      <div
        ref={grid}
        role="treegrid"
        aria-label="Mapping"
        aria-rowcount={rows.length + 1}
        aria-colcount={heads.length}
        aria-activedescendant={at >= 0 ? (cell === 'type' ? `map-type-${at}` : `map-row-${at}`) : undefined}
        tabIndex={0}
        className={styles.grid}
        onKeyDown={press}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
        <div role="row" aria-rowindex={1} className={styles.heads}>
          {heads.map((head) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div key={head} role="columnheader">
              {head}
            </div>
          ))}
        </div>
        <div role="presentation" style={{ height: rows.length * ROW, position: 'relative' }}>
          {rows.slice(first, last).map((row, place) => {
            const index = first + place;
            const isChosen = index === at;
            return (
              <TreeLine
                key={row.id}
                row={row}
                index={index}
                top={index * ROW}
                chosen={isChosen}
                cell={isChosen ? cell : null}
                editing={isChosen ? editing : null}
                sourceType={row.kind === 'table' ? null : (typeIn(columnsOf(sourceKey(row.of)), row) ?? null)}
                types={types}
                issues={issues}
                onEdit={end}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface SourceColumns {
  readonly names: readonly string[];
  readonly types: ReadonlyMap<string, string>;
}

function sourceColumns(found: ReadonlyMap<string, { readonly state: string; readonly value?: Table }>) {
  const made = new Map<string, SourceColumns>();
  return (table: string): SourceColumns | null => {
    const ready = made.get(table);
    if (ready) return ready;
    const columns = found.get(table)?.value?.columns;
    if (!columns) return null;
    const names = columns.map(({ name }) => name);
    const types = new Map(columns.map(({ name, native }) => [name, native]));
    made.set(table, { names, types });
    return { names, types };
  };
}

function typeIn(columns: SourceColumns | null, row: { kind: string; column: string; mapping?: { source: string } }) {
  return columns?.types.get(row.mapping?.source ?? row.column);
}
