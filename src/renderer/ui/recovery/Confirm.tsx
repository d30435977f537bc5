// The foot of a dialog that asks: the target's name, typed where its own tables change, and the two ways out.

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { ErrorNote } from '../state/ErrorNote.tsx';
import { StateMark } from '../state/StateMark.tsx';
import classes from './confirm.module.css';

export interface ConfirmProps {
  /** To be typed; null where nothing of the target's own changes. */
  readonly name: string | null;
  readonly act: string;
  /** What is said while it is done. */
  readonly acting: string;
  readonly leave?: string;
  readonly red?: boolean;
  /** What is told is known by now. */
  readonly ready: boolean;
  readonly working: boolean;
  /** Why it could not be done; null before it was tried. */
  readonly error: DroverErrorData | null;
  readonly onConfirm: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
  /** What can be done about a refusal: told behind it. */
  readonly wayOut?: ReactNode;
}

export function Confirm({
  name,
  act,
  acting,
  leave = 'Leave everything as it is',
  red = false,
  ready,
  working,
  error,
  onConfirm,
  onLeave,
  children,
  wayOut,
}: ConfirmProps): React.JSX.Element {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const out = useRef<HTMLButtonElement>(null);
  // The form comes after the dialog, whose own first focus is the cross.
  useEffect(() => (name === null ? out.current?.focus() : field.current?.focus()), [name]);
  const may = ready && !working && (name === null || typed === name);

  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (may) onConfirm();
  }

  return (
    <form onSubmit={confirm} className={classes.form}>
      {children}
      {error ? <ErrorNote error={error} /> : null}
      {wayOut}
      {name === null ? null : (
        <TextInput
          ref={field}
          data-autofocus
          label={
            <>
              Type the name of the target database to confirm: <span className="mono">{name}</span>
            </>
          }
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          disabled={working}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'mono' }}
        />
      )}
      <div className={classes.buttons}>
        <span role="status" className={classes.doing}>
          {working ? <StateMark mark="busy">{acting}</StateMark> : null}
        </span>
        <Button ref={out} variant="default" onClick={onLeave} disabled={working}>
          {leave}
        </Button>
        <Button type="submit" {...(red ? { color: 'red' } : {})} disabled={!may} aria-busy={working}>
          {act}
        </Button>
      </div>
    </form>
  );
}
