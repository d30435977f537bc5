// Before anything else: passwords that the host does not have any more, because Drover was started anew since.

import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/model/run.ts';
import { failureOf } from '../../client/failure.ts';
import { keepPassword, withoutPassword } from '../../client/stores/passwords.ts';
import { putOff, recovery } from '../../client/stores/recovery.ts';
import { askStanding } from '../../client/stores/standings.ts';
import { useFrom } from '../../client/use-from.ts';
import confirm from '../../ui/recovery/confirm.module.css';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';

export interface PasswordsProps {
  readonly urls: readonly string[];
  /** What comes when all are there. */
  readonly children: ReactNode;
}

export function Passwords({ urls, children }: PasswordsProps): React.JSX.Element {
  const [lacking, setLacking] = useState<readonly string[] | null>(null);
  const error = useFrom(recovery, (state) => state.error);
  const refused = error?.code === 'connect.wrong-password';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for the run that the dialog is about
  useEffect(() => {
    withoutPassword(urls).then(setLacking, (thrown: unknown) => {
      recovery.setState({ error: failureOf(thrown) });
      setLacking([]);
    });
  }, []);

  if (lacking === null) return <p className="quiet">Looking for the passwords…</p>;
  // One that was refused is asked for again, whoever gave it.
  const wanted = refused ? urls.filter((url) => !url.startsWith('sqlite:')) : lacking;
  if (wanted.length === 0) return <>{children}</>;
  return <Typed urls={wanted} onGiven={() => setLacking([])} />;
}

interface TypedProps {
  readonly urls: readonly string[];
  readonly onGiven: () => void;
}

function Typed({ urls, onGiven }: TypedProps): React.JSX.Element {
  const error = useFrom(recovery, (state) => state.error);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  async function give(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      for (const url of urls) if (typed[url]) await keepPassword(url, typed[url]);
      recovery.setState({ error: null });
      onGiven();
    } catch (thrown) {
      recovery.setState({ error: failureOf(thrown) });
    }
  }

  return (
    <form onSubmit={(event) => void give(event)} className={confirm.form}>
      <p>Drover keeps no password beyond its own life, unless it is in the keychain; so it asks again.</p>
      {error ? <ErrorNote error={error} /> : null}
      {urls.map((url, i) => (
        <PasswordInput
          key={url}
          label={
            <>
              Password for <span className="mono">{url}</span>
            </>
          }
          ref={i === 0 ? first : null}
          autoComplete="new-password"
          value={typed[url] ?? ''}
          onChange={({ currentTarget: { value } }) => setTyped((all) => ({ ...all, [url]: value }))}
        />
      ))}
      <div className={confirm.buttons}>
        <Button variant="default" onClick={putOff}>
          Not now
        </Button>
        <Button type="submit">Go on</Button>
      </div>
    </form>
  );
}

/** A password was all that was missing: now the target can say where the run stands. */
export function PasswordGiven({ run }: { readonly run: RunSummary }): React.JSX.Element | null {
  useEffect(() => {
    void askStanding(run, true);
    putOff();
  }, [run]);
  return null;
}
