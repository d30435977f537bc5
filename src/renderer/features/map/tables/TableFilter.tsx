// Narrows the tables by name, as one types.

import { TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { count } from '../../../../shared/format.ts';
import { useFrom } from '../../../client/use-from.ts';
import classes from '../map.module.css';
import { selection } from '../selection.ts';

export const FILTER_ID = 'map-table-filter';

export interface TableFilterProps {
  readonly shown: number;
  readonly all: number;
  /** What can be added, on the right. */
  readonly children?: ReactNode;
}

export function TableFilter({ shown, all, children }: TableFilterProps): React.JSX.Element {
  const typed = useFrom(selection, (state) => state.typed);
  return (
    <div className={classes.filter}>
      <TextInput
        id={FILTER_ID}
        aria-label="Filter tables"
        placeholder="Filter tables"
        leftSection={<IconFilter size={14} aria-hidden />}
        value={typed}
        onChange={(event) => selection.setState({ typed: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') selection.setState({ typed: '' });
        }}
        className={classes.grow}
      />
      <span className={`quiet ${classes.figure}`} aria-live="polite">
        {shown === all ? count(all) : `${count(shown)} of ${count(all)}`}
      </span>
      {children}
    </div>
  );
}
