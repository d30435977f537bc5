// A column, or a table, of those that there are.

import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from '../../map.module.css';

export interface ColumnSelectProps {
  readonly label?: string;
  /** Where there is no label to see. */
  readonly 'aria-label'?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly nothing?: string;
  readonly columns: readonly string[];
  readonly value: string | null;
  readonly onChoose: (column: string) => void;
}

const SHOWN = 100;
const NOTHING = 'No column of that name.';

export function ColumnSelect({
  columns,
  value,
  onChoose,
  nothing = NOTHING,
  ...rest
}: ColumnSelectProps): React.JSX.Element {
  const [opened, setOpened] = useState(false);
  // A thousand entries are made only when somebody wants to see them.
  const data = opened ? columns : [];
  return (
    <Select
      {...rest}
      classNames={monoInput}
      data={value === null || data.includes(value) ? [...data] : [value, ...data]}
      value={value}
      onChange={(column) => {
        if (column !== null) onChoose(column);
      }}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      searchable
      // Enter takes the first that has what was typed.
      selectFirstOptionOnChange
      limit={SHOWN}
      allowDeselect={false}
      nothingFoundMessage={nothing}
    />
  );
}

const monoInput = { input: classes.monoInput ?? '', option: classes.monoInput ?? '', root: classes.grow ?? '' };
