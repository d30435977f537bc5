// How a grid is drawn: sticky header, columns to resize, sort and hide, keys to walk and copy, and only what is seen.

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { reveal } from '../list/reveal.ts';
import { useSeen, useSlots } from '../list/use-seen.ts';
import { type GridColumn, toTsv } from './column.ts';
import { type DrawnColumn, GridRow } from './GridRow.tsx';
import classes from './grid.module.css';
import { HeaderCell } from './HeaderCell.tsx';
import type { Grid } from './use-grid.ts';

export interface GridViewProps<R> {
  readonly label: string;
  readonly grid: Grid;
  readonly columns: readonly GridColumn<R>[];
  readonly count: number;
  /** undefined: not read yet. */
  readonly rowAt: (index: number) => R | undefined;
  readonly keyOf: (row: R) => string;
  /** The chosen row; -1: none. */
  readonly at: number;
  readonly onPick: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** All rows as text, in these columns. */
  readonly copy: (columns: readonly GridColumn<R>[]) => Promise<string>;
  /** Told which rows are drawn, whenever others are. */
  readonly onLook?: (first: number, last: number) => void;
  readonly empty: ReactNode;
}

const ROW = 28;
const PAGE = 20;
/** A notch of a wheel further than what is seen. */
const OVER = 4;

export function GridView<R>(props: GridViewProps<R>): React.JSX.Element {
  const { label, grid, columns, count, rowAt, keyOf, at, onPick, onOpen, copy, onLook, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const shown = grid.getVisibleLeafColumns();
  const widths = shown.map((column) => column.getSize()).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where columns end is told by their widths
  const ends = useMemo(() => endsOf(shown.map((column) => column.getSize())), [widths]);
  const { first: top, last: bottom, left, right } = useSeen(scroller, { count, height: ROW, over: OVER }, ends);
  useEffect(() => reveal(scroller.current, at, ROW, ROW), [at]);

  const width = ends.at(-1) ?? 0;
  const before = ends[left - 1] ?? 0;
  // The same until a column comes, goes or changes: then no row is drawn anew because of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is told by its names and widths
  const drawn = useMemo(
    (): readonly DrawnColumn<R>[] =>
      shown.slice(left, right).map((column, place) => ({
        definition: byId.get(column.id)!,
        width: column.getSize(),
        index: left + place,
      })),
    [byId, left, right, widths, shown.map(({ id }) => id).join()],
  );
  useEffect(() => {
    if (bottom > top) onLook?.(top, bottom - 1);
  }, [onLook, top, bottom]);
  const slots = useSlots(bottom - top);

  const visible = (): readonly GridColumn<R>[] => shown.flatMap(({ id }) => byId.get(id) ?? []);
  const copyAll = (): void => void copy(visible()).then((text) => navigator.clipboard.writeText(text));

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    const to = stepOf(event.key, at, count);
    if (to !== null) {
      event.preventDefault();
      if (count > 0) onPick(Math.max(0, Math.min(count - 1, to)));
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      onOpen(at);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      const row = at >= 0 ? rowAt(at) : undefined;
      if (row === undefined) copyAll();
      else void navigator.clipboard.writeText(toTsv(visible(), [row]));
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={shown.length}
      aria-activedescendant={at >= 0 ? `${label}-${at}` : undefined}
      tabIndex={0}
      className={classes.grid}
      onKeyDown={press}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div role="row" aria-rowindex={1} className={classes.head} style={{ width, paddingLeft: before }}>
        {drawn.map(({ definition, index }) => {
          const column = shown[index]!;
          return (
            <HeaderCell
              key={definition.id}
              grid={grid}
              column={column}
              title={definition.header}
              align={definition.align}
              width={column.getSize()}
              sorted={column.getIsSorted()}
              copyAll={copyAll}
              index={index}
            />
          );
        })}
      </div>
      {count === 0 && empty ? (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div role="row" className={classes.empty}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
          <div role="gridcell">{empty}</div>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for its rows */}
      <div
        role="presentation"
        style={{ height: count * ROW, width, minWidth: '100%', position: 'relative' }}
        onPointerOver={tellWhole}
        onClick={(event) => withRow(event, onPick)}
        onDoubleClick={(event) => withRow(event, onOpen)}
      >
        {Array.from({ length: bottom - top }, (_, place) => {
          const index = top + place;
          const row = rowAt(index);
          return (
            <GridRow
              key={index % slots}
              row={row}
              name={row === undefined ? null : keyOf(row)}
              id={`${label}-${index}`}
              index={index}
              top={index * ROW}
              chosen={index === at}
              columns={drawn}
              width={width}
              before={before}
            />
          );
        })}
      </div>
    </div>
  );
}

function endsOf(widths: readonly number[]): number[] {
  let end = 0;
  return widths.map((width) => {
    end += width;
    return end;
  });
}

/** What is cut off in a cell is told when the mouse rests on it. */
function tellWhole({ target }: PointerEvent<HTMLDivElement>): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell) cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : '';
}

function withRow(event: MouseEvent<HTMLDivElement>, act: (index: number) => void): void {
  const line = event.target instanceof Element ? event.target.closest('[data-index]') : null;
  if (line && event.currentTarget.contains(line)) act(Number(line.getAttribute('data-index')));
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
