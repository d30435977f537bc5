// A text that is data: in mono, as it is typed, with what is usual to choose from where there is any.

import { Autocomplete, TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import classes from '../../map.module.css';

export interface WordsProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly label?: string;
  /** Where there is no label to see. */
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
  readonly value: string;
  readonly usual?: readonly string[];
  readonly onChange: (text: string) => void;
  readonly onDone?: (text: string) => void;
}

const SHOWN = 50;

export function Words({ usual = [], onChange, onDone, ...rest }: WordsProps): React.JSX.Element {
  if (usual.length === 0) {
    return (
      <TextInput
        {...rest}
        classNames={monoInput}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Autocomplete
      {...rest}
      classNames={monoInput}
      spellCheck={false}
      data={[...usual]}
      limit={SHOWN}
      maxDropdownHeight={200}
      onChange={onChange}
      onOptionSubmit={(text) => onDone?.(text)}
    />
  );
}

const monoInput = { input: classes.monoInput ?? '', option: classes.monoInput ?? '', root: classes.grow ?? '' };
