// What can be done with one column of a grid.

import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import classes from './grid.module.css';
import type { Grid } from './use-grid.ts';

export interface ColumnMenuProps {
  readonly grid: Grid;
  readonly column: ReturnType<Grid['getVisibleLeafColumns']>[number];
  readonly title: string;
  readonly copyAll: () => void;
}

/** The menu itself is made when it is first wished for: a grid has a dozen columns, and most are never asked. */
export function ColumnMenu(props: ColumnMenuProps): React.JSX.Element {
  const [wished, setWished] = useState(false);
  if (wished) return <MadeMenu {...props} />;
  return (
    <button
      type="button"
      className={classes.menu}
      aria-label={`Column ${props.title}`}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWished(true)}
    >
      <IconChevronDown size={12} aria-hidden />
    </button>
  );
}

function MadeMenu({ grid, column, title, copyAll }: ColumnMenuProps): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  // Once the button has the focus, to which it returns.
  useEffect(() => setOpened(true), []);
  return (
    <Menu position="bottom-end" withinPortal opened={opened} onChange={setOpened}>
      <Menu.Target>
        {/* biome-ignore lint/a11y/noAutofocus: it takes the place of the one that was pressed */}
        <button type="button" className={classes.menu} aria-label={`Column ${title}`} autoFocus>
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
