// A column of the source table.

import { Select } from '@mantine/core';
import { useState } from 'react';
import classes from '../../map.module.css';

export interface ColumnSelectProps {
  readonly 'aria-label': string;
  readonly placeholder?: string;
  readonly columns: readonly string[];
  readonly value: string | null;
  readonly onChoose: (column: string) => void;
}

const SHOWN = 100;

export function ColumnSelect({ columns, value, onChoose, ...rest }: ColumnSelectProps): React.JSX.Element {
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
      nothingFoundMessage="No column of that name."
    />
  );
}

const monoInput = { input: classes.monoInput ?? '', option: classes.monoInput ?? '', root: classes.grow ?? '' };
