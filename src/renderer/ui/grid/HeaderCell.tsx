// The head of one column: sorts on a click, is dragged wider, and has a menu.

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import { ColumnMenu } from './ColumnMenu.tsx';
import classes from './grid.module.css';
import type { Grid } from './use-grid.ts';

export interface HeaderCellProps {
  readonly grid: Grid;
  readonly column: ReturnType<Grid['getVisibleLeafColumns']>[number];
  readonly title: string;
  readonly align: 'left' | 'right' | undefined;
  /** Told beside the column, so that a column that changed is drawn anew. */
  readonly width: number;
  readonly sorted: false | 'asc' | 'desc';
  readonly copyAll: () => void;
  readonly index: number;
}

/** Scrolling changes nothing of it but what it would copy. */
export const HeaderCell = memo(Head, (before, now) =>
  (['grid', 'column', 'title', 'align', 'width', 'sorted', 'index'] as const).every(
    (name) => before[name] === now[name],
  ),
);

function Head({ grid, column, title, align, width, sorted, copyAll, index }: HeaderCellProps): React.JSX.Element {
  const header = grid.getFlatHeaders().find(({ id }) => id === column.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      className={classes.header}
      data-align={align}
      style={{ width }}
    >
      <button
        type="button"
        className={classes.title}
        disabled={!column.getCanSort()}
        onClick={column.getToggleSortingHandler()}
        title={title}
      >
        <span className="ellipsis">{title}</span>
        {sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : null}
        {sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}
      </button>
      <ColumnMenu title={title} grid={grid} column={column} copyAll={copyAll} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; a width is no information */}
      <div
        className={classes.resizer}
        onMouseDown={header?.getResizeHandler()}
        onDoubleClick={() => column.resetSize()}
      />
    </div>
  );
}
