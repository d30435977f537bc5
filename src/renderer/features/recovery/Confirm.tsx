// The foot of a dialog that asks: the target's name, typed where its own tables change, and the two ways out.

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { putOff, recovery } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './recovery.module.css';

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
  readonly onConfirm: () => void;
  readonly children: ReactNode;
}

export function Confirm({
  name,
  act,
  acting,
  leave = 'Leave everything as it is',
  red = false,
  ready,
  onConfirm,
  children,
}: ConfirmProps): React.JSX.Element {
  const working = useFrom(recovery, (state) => state.working);
  const error = useFrom(recovery, (state) => state.error);
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
      {name === null ? null : (
        <TextInput
          ref={field}
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
        <Button ref={out} variant="default" onClick={putOff} disabled={working}>
          {leave}
        </Button>
        <Button type="submit" {...(red ? { color: 'red' } : {})} disabled={!may} aria-busy={working}>
          {act}
        </Button>
      </div>
    </form>
  );
}
