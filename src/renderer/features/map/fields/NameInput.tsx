// A name that is typed and then taken: with Enter or on leaving the field; Escape gives it up.

import { TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface NameInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onBlur' | 'onKeyDown'> {
  readonly value: string;
  readonly onCommit: (name: string) => void;
  /** In a grid: the editing ends, whether a name was taken or not. */
  readonly onEnd?: (by: 'enter' | 'escape' | 'blur' | 'tab' | 'back tab') => void;
}

export function NameInput({ value, onCommit, onEnd, error, ...rest }: NameInputProps): React.JSX.Element {
  const [draft, setDraft] = useState(value);
  const ended = useRef(false);
  useEffect(() => setDraft(value), [value]);
  const wrong = draft.trim() === '' ? 'A name is needed.' : null;

  /** False when there is nothing that could be taken. */
  function commit(): boolean {
    if (wrong) return false;
    if (draft !== value) onCommit(draft);
    return true;
  }

  function end(by: 'enter' | 'escape' | 'blur' | 'tab' | 'back tab'): void {
    if (ended.current) return;
    ended.current = onEnd !== undefined;
    onEnd?.(by);
  }

  function press(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Enter' && commit()) {
      event.preventDefault();
      end('enter');
    } else if (event.key === 'Escape') {
      setDraft(value);
      end('escape');
    } else if (event.key === 'Tab' && onEnd && commit()) {
      event.preventDefault();
      end(event.shiftKey ? 'back tab' : 'tab');
    }
  }

  return (
    <TextInput
      {...rest}
      value={draft}
      error={wrong ?? error}
      spellCheck={false}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={press}
      onBlur={() => {
        if (ended.current) return;
        if (!commit()) setDraft(value);
        end('blur');
      }}
    />
  );
}
