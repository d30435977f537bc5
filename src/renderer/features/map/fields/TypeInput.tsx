// A type of the target: chosen from the usual ones or typed freely, taken with Enter or on leaving the field.

import { Autocomplete, type AutocompleteProps, type ComboboxItem } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface TypeInputProps
  extends Omit<AutocompleteProps, 'value' | 'onChange' | 'onBlur' | 'onKeyDown' | 'data'> {
  readonly value: string;
  readonly types: readonly string[];
  readonly onCommit: (type: string) => void;
  /** In a grid: the editing ends, whether a type was taken or not. */
  readonly onEnd?: (by: 'enter' | 'escape' | 'blur' | 'tab' | 'back tab') => void;
}

export function TypeInput({ value, types, onCommit, onEnd, error, ...rest }: TypeInputProps): React.JSX.Element {
  const [draft, setDraft] = useState(value);
  const ended = useRef(false);
  useEffect(() => setDraft(value), [value]);
  const wrong = draft.trim() === '' ? 'A type is needed.' : null;

  function commit(type: string): boolean {
    if (type.trim() === '') return false;
    if (type !== value) onCommit(type.trim());
    return true;
  }

  function end(by: 'enter' | 'escape' | 'blur' | 'tab' | 'back tab'): void {
    if (ended.current) return;
    ended.current = onEnd !== undefined;
    onEnd?.(by);
  }

  function choose(type: string): void {
    setDraft(type);
    commit(type);
    end('enter');
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    event.stopPropagation();
    const chosen = event.currentTarget.getAttribute('aria-activedescendant');
    if (event.key === 'Enter') {
      // The list takes Enter for the entry that is marked in it.
      if (chosen === null && commit(draft)) end('enter');
    } else if (event.key === 'Escape') {
      setDraft(value);
      end('escape');
    } else if (event.key === 'Tab' && onEnd && commit(draft)) {
      event.preventDefault();
      end(event.shiftKey ? 'back tab' : 'tab');
    }
  }

  return (
    <Autocomplete
      {...rest}
      data={[...types]}
      value={draft}
      error={wrong ?? error}
      spellCheck={false}
      maxDropdownHeight={240}
      // The type that stands there is no wish for types like it.
      filter={({ options, search }) =>
        (options as ComboboxItem[]).filter(
          (option) => search === value || option.value.toLowerCase().includes(search.trim().toLowerCase()),
        )
      }
      onChange={setDraft}
      onOptionSubmit={choose}
      onKeyDown={press}
      onBlur={() => {
        if (ended.current) return;
        if (!commit(draft)) setDraft(value);
        end('blur');
      }}
    />
  );
}
