// Lines that are added, removed and moved: with the mouse, or with Enter and Alt and an arrow.

import { ActionIcon, Button, Input } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { moved } from '../edits.ts';
import styles from '../steps.module.css';

export interface LinesProps<T> {
  readonly label: string;
  readonly about: string | null;
  readonly wrong: string | null;
  readonly lines: readonly T[];
  readonly blank: T;
  readonly heads?: readonly string[];
  readonly add: string;
  readonly onChange: (lines: readonly T[]) => void;
  readonly onDone: (lines: readonly T[]) => void;
  /** `name` tells the line from the others; `set` is for what is typed, `choose` for what is chosen. */
  readonly line: (line: T, name: string, set: (line: T) => void, choose: (line: T) => void) => ReactNode;
}

export function Lines<T>({ label, about, wrong, blank, heads, add, onChange, onDone, ...rest }: LinesProps<T>) {
  // One is there to begin with.
  const lines = rest.lines.length === 0 ? [blank] : rest.lines;
  const box = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<number | null>(null);
  // At once: what is typed next is for the new line.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    box.current?.querySelectorAll('[data-line]')[wanted.current]?.querySelector('input')?.focus();
    wanted.current = null;
  });

  function append(): void {
    wanted.current = lines.length;
    onChange([...lines, blank]);
  }

  function press(event: KeyboardEvent<HTMLElement>, place: number): void {
    // The list of a field takes Enter for the entry that is marked in it.
    if (event.target instanceof Element && event.target.hasAttribute('aria-activedescendant')) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const to = Math.max(0, Math.min(lines.length - 1, place + (event.key === 'ArrowUp' ? -1 : 1)));
      wanted.current = to;
      onDone(moved(lines, place, to));
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && place === lines.length - 1) {
      if (event.target.value !== '') append();
    }
  }

  return (
    <fieldset ref={box} className={styles.lines}>
      <legend className={styles.legend}>{label}</legend>
      {about ? <Input.Description>{about}</Input.Description> : null}
      {heads ? (
        <div className={styles.lineHeads} aria-hidden>
          {heads.map((head) => (
            <span key={head}>{head}</span>
          ))}
        </div>
      ) : null}
      {lines.map((each, i) => {
        const name = `${label}, line ${i + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names
          // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields within
          <div key={i} className={styles.inputLine} data-line onKeyDown={(event) => press(event, i)}>
            {rest.line(
              each,
              name,
              (next) => onChange(lines.with(i, next)),
              (next) => onDone(lines.with(i, next)),
            )}
            <ActionIcon
              size="sm"
              className={styles.act}
              aria-label={`Remove ${name}`}
              disabled={rest.lines.length === 0}
              onClick={() => onDone(lines.toSpliced(i, 1))}
            >
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {wrong ? <Input.Error>{wrong}</Input.Error> : null}
      <Button
        size="compact-xs"
        variant="subtle"
        className={styles.addLine}
        leftSection={<IconPlus size={12} aria-hidden />}
        onClick={append}
      >
        {add}
      </Button>
    </fieldset>
  );
}
