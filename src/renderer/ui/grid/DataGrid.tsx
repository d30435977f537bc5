// The table that every screen uses: sticky header, columns to resize, sort and hide, keys to walk and copy, and only what is seen is drawn.

import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { type GridColumn, textOf, toTsv } from './column.ts';
import classes from './grid.module.css';
import { HeaderCell } from './HeaderCell.tsx';
import { useGrid } from './use-grid.ts';

export interface DataGridProps<R extends RowData> {
  /** What it lists, for those who hear it. */
  readonly label: string;
  /** Stable between draws: made outside the component, or with useMemo. */
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly selected?: string | null;
  readonly onSelect?: (row: R) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: R) => void;
  /** Under this name the widths of the columns are kept. */
  readonly remember?: string;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
}

const ROW = 28;
const PAGE = 20;

export function DataGrid<R extends RowData>(props: DataGridProps<R>): React.JSX.Element {
  const { label, columns, rows, keyOf, selected = null, onSelect, onOpen, remember, empty } = props;
  const table = useGrid(columns, rows, keyOf, remember);
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const ordered = table.getRowModel().rows;
  const shown = table.getVisibleLeafColumns();
  const at = useMemo(() => ordered.findIndex(({ id }) => id === selected), [ordered, selected]);

  const lines = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => shown[index]?.getSize() ?? ROW,
    overscan: 4,
  });
  const widths = shown.map((column) => column.getSize()).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when a width changes
  useEffect(() => across.measure(), [widths]);
  useEffect(() => {
    if (at >= 0) lines.scrollToIndex(at, { align: 'auto' });
  }, [at, lines]);

  const items = across.getVirtualItems();
  const width = across.getTotalSize();
  const before = items[0]?.start ?? 0;

  function walk(to: number): void {
    const row = ordered[Math.max(0, Math.min(ordered.length - 1, to))];
    if (row) onSelect?.(row.original);
  }

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    const to = stepOf(event.key, at, ordered.length);
    if (to !== null) {
      event.preventDefault();
      walk(to);
    } else if (event.key === 'Enter' && ordered[at]) {
      event.preventDefault();
      onOpen?.(ordered[at].original);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      const copied = ordered[at] ? [ordered[at].original] : ordered.map(({ original }) => original);
      void navigator.clipboard.writeText(toTsv(visible(), copied));
    }
  }

  function visible(): GridColumn<R>[] {
    return shown.flatMap(({ id }) => byId.get(id) ?? []);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      aria-colcount={shown.length}
      aria-activedescendant={at >= 0 ? `${label}-${at}` : undefined}
      tabIndex={0}
      className={classes.grid}
      onKeyDown={press}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div role="row" aria-rowindex={1} className={classes.head} style={{ width, paddingLeft: before }}>
        {items.map((item) => {
          const column = shown[item.index]!;
          return (
            <HeaderCell
              key={column.id}
              table={table}
              column={column}
              definition={byId.get(column.id)!}
              copyAll={() =>
                toTsv(
                  visible(),
                  ordered.map(({ original }) => original),
                )
              }
              index={item.index}
            />
          );
        })}
      </div>
      {ordered.length === 0 && empty ? (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div role="row" className={classes.empty}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
          <div role="gridcell">{empty}</div>
        </div>
      ) : null}
      <div role="presentation" style={{ height: lines.getTotalSize(), width, minWidth: '100%', position: 'relative' }}>
        {lines.getVirtualItems().map((line) => {
          const row = ordered[line.index]!;
          const chosen = row.id === selected;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
            <div
              key={row.id}
              id={`${label}-${line.index}`}
              role="row"
              aria-rowindex={line.index + 2}
              aria-selected={chosen}
              data-row={row.id}
              className={classes.row}
              style={{ transform: `translateY(${line.start}px)`, width, paddingLeft: before }}
              onClick={() => onSelect?.(row.original)}
              onDoubleClick={() => onOpen?.(row.original)}
            >
              {items.map((item) => {
                const column = shown[item.index]!;
                const definition = byId.get(column.id)!;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  // biome-ignore lint/a11y/useFocusableInteractive: see above
                  <div
                    key={column.id}
                    role="gridcell"
                    aria-colindex={item.index + 1}
                    className={classes.cell}
                    data-align={definition.align}
                    data-mono={definition.mono || undefined}
                    style={{ width: column.getSize() }}
                  >
                    {definition.cell ? definition.cell(row.original) : textOf(definition.value(row.original))}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The row that a key leads to; null for keys that do not walk. */
function stepOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at < 0 ? 0 : at - 1;
    case 'PageDown':
      return at + PAGE;
    case 'PageUp':
      return at - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
