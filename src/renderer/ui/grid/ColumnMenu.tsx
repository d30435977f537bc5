// What can be done with one column of a grid.

import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import classes from './grid.module.css';
import type { Grid } from './use-grid.ts';

export interface ColumnMenuProps {
  readonly grid: Grid;
  readonly column: ReturnType<Grid['getVisibleLeafColumns']>[number];
  readonly title: string;
  readonly copyAll: () => void;
}

export function ColumnMenu({ grid, column, title, copyAll }: ColumnMenuProps): React.JSX.Element {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.menu} aria-label={`Column ${title}`}>
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => column.toggleSorting(false)}>Sort ascending</Menu.Item>
        <Menu.Item onClick={() => column.toggleSorting(true)}>Sort descending</Menu.Item>
        <Menu.Item onClick={() => column.clearSorting()}>Original order</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => column.toggleVisibility(false)}>Hide this column</Menu.Item>
        <Menu.Item onClick={() => grid.resetColumnVisibility()}>Show all columns</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={copyAll}>Copy all rows</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
