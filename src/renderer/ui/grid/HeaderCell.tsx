// The head of one column: sorts on a click, is dragged wider, and has a menu.

import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown } from '@tabler/icons-react';
import type { RowData } from '@tanstack/react-table';
import type { GridColumn } from './column.ts';
import classes from './grid.module.css';
import type { Grid } from './use-grid.ts';

export interface HeaderCellProps<R extends RowData> {
  readonly table: Grid<R>;
  readonly column: ReturnType<Grid<R>['getVisibleLeafColumns']>[number];
  readonly definition: GridColumn<R>;
  readonly copyAll: () => string;
  readonly index: number;
}

export function HeaderCell<R extends RowData>({
  table,
  column,
  definition,
  copyAll,
  index,
}: HeaderCellProps<R>): React.JSX.Element {
  const sorted = column.getIsSorted();
  const header = table.getFlatHeaders().find(({ id }) => id === column.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      className={classes.header}
      data-align={definition.align}
      style={{ width: column.getSize() }}
    >
      <button
        type="button"
        className={classes.title}
        disabled={!column.getCanSort()}
        onClick={column.getToggleSortingHandler()}
        title={definition.header}
      >
        <span className="ellipsis">{definition.header}</span>
        {sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : null}
        {sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}
      </button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className={classes.menu} aria-label={`Column ${definition.header}`}>
            <IconChevronDown size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => column.toggleSorting(false)}>Sort ascending</Menu.Item>
          <Menu.Item onClick={() => column.toggleSorting(true)}>Sort descending</Menu.Item>
          <Menu.Item onClick={() => column.clearSorting()}>Original order</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => column.toggleVisibility(false)}>Hide this column</Menu.Item>
          <Menu.Item onClick={() => table.resetColumnVisibility()}>Show all columns</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void navigator.clipboard.writeText(copyAll())}>Copy all rows</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; a width is no information */}
      <div
        className={classes.resizer}
        onMouseDown={header?.getResizeHandler()}
        onDoubleClick={() => column.resetSize()}
      />
    </div>
  );
}
