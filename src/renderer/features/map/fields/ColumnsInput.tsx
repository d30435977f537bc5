// Several columns, in the order in which they were chosen.

import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import classes from '../map.module.css';

export interface ColumnsInputProps {
  readonly label?: string;
  readonly 'aria-label'?: string;
  readonly description?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly columns: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (columns: string[]) => void;
}

const SHOWN = 100;

export function ColumnsInput({ columns, value, placeholder = 'Choose columns', ...rest }: ColumnsInputProps) {
  const [opened, setOpened] = useState(false);
  // A thousand entries are made only when somebody wants to see them.
  const data = opened ? [...new Set([...columns, ...value])] : [...value];
  return (
    <MultiSelect
      {...rest}
      size="xs"
      classNames={mono}
      data={data}
      value={[...value]}
      placeholder={value.length === 0 ? placeholder : ''}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      searchable
      selectFirstOptionOnChange
      hidePickedOptions
      limit={SHOWN}
      nothingFoundMessage="No column of that name."
    />
  );
}

const mono = {
  pill: classes.monoInput ?? '',
  inputField: classes.monoInput ?? '',
  option: classes.monoInput ?? '',
  root: classes.grow ?? '',
};
