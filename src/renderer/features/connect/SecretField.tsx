// A password: goes to the host as soon as it is typed and leaves the page; from then on only where it is kept is shown.

import { Button, Checkbox, Input, PasswordInput } from '@mantine/core';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import type { Side } from '../../../shared/contract.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import classes from './connect.module.css';
import { known } from './known.ts';
import { forgetSecret, keepSecret, readSecret, secrets } from './secrets.ts';
import { forgetTest } from './testing.ts';

export interface SecretFieldProps {
  readonly side: Side;
  /** What it opens, without a password; '' while that is not known. */
  readonly url: string;
  readonly label: string;
  readonly optional?: boolean;
}

export function SecretField({ side, url, label, optional = false }: SecretFieldProps): React.JSX.Element {
  const kept = useFrom(secrets, (all) => all[url]);
  const [replacing, setReplacing] = useState(false);
  const place = kept?.state?.place ?? 'none';
  useEffect(() => {
    setReplacing(false);
    if (url !== '') void readSecret(url);
  }, [url]);
  const isKept = place !== 'none' && !replacing;
  return (
    <div>
      {isKept ? (
        <KeptSecret side={side} url={url} label={label} onReplace={() => setReplacing(true)} />
      ) : (
        <TypedSecret
          side={side}
          url={url}
          label={label}
          optional={optional}
          autoFocus={replacing}
          onDone={() => setReplacing(false)}
        />
      )}
      {kept?.error ? <ErrorNote error={kept.error} /> : null}
    </div>
  );
}

interface KeptSecretProps extends Pick<SecretFieldProps, 'side' | 'url' | 'label'> {
  readonly onReplace: () => void;
}

function KeptSecret({ side, url, label, onReplace }: KeptSecretProps): React.JSX.Element {
  const place = useFrom(secrets, (all) => all[url]?.state?.place ?? 'none');
  const file = useFrom(known, ({ found }) => found.find((each) => each.url === url)?.passwordFrom ?? null);
  const reason = useFrom(secrets, (all) => all[url]?.state?.keychain.reason ?? null);
  return (
    <>
      <Input.Wrapper label={label} labelElement="div" size="xs">
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons and a sentence are no set of fields */}
        <div role="group" aria-label={`${label} of the ${side}`} className={classes.kept}>
          <span className={`ellipsis ${classes.place}`} title={file ?? undefined}>
            {wordsFor(place, file)}
          </span>
          <Button size="compact-xs" variant="subtle" onClick={onReplace}>
            Replace
          </Button>
          {place === 'client files' ? null : (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                forgetTest(side);
                void forgetSecret(url);
              }}
            >
              Forget
            </Button>
          )}
        </div>
      </Input.Wrapper>
      <div className={classes.under}>{place === 'memory' ? reason : null}</div>
    </>
  );
}

interface TypedSecretProps extends SecretFieldProps {
  readonly autoFocus: boolean;
  readonly onDone: () => void;
}

function TypedSecret({ side, url, label, optional, autoFocus, onDone }: TypedSecretProps): React.JSX.Element {
  const [value, setValue] = useState('');
  const [remember, setRemember] = useState(false);
  const keychain = useFrom(secrets, (all) => all[url]?.state?.keychain ?? null);
  const refused = useFrom(
    sides,
    ({ [side]: { tested } }) =>
      !optional && tested.state === 'failed' && tested.error.code === 'connect.wrong-password',
  );
  const frame = useRef<HTMLDivElement>(null);

  function give(): void {
    // Where to is not known yet: it waits in the field.
    if (value !== '' && url === '') return;
    onDone();
    if (value === '') return;
    setValue('');
    forgetTest(side);
    void keepSecret(url, value, remember);
  }

  function leave(event: FocusEvent): void {
    if (!frame.current?.contains(event.relatedTarget)) give();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the rest of the form has become whole
  useEffect(() => {
    if (url !== '' && value !== '' && !frame.current?.contains(document.activeElement)) give();
  }, [url]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left
    <div ref={frame} onBlur={leave}>
      <PasswordInput
        label={label}
        placeholder={optional ? 'Empty: the key has none' : 'None kept yet'}
        value={value}
        autoFocus={autoFocus}
        autoComplete="new-password"
        error={refused}
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') give();
          else if (event.key === 'Escape') onDone();
        }}
      />
      <div className={classes.under}>
        {keychain?.available ? (
          <Checkbox
            label="Remember in the keychain"
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
        ) : (
          keychain?.reason
        )}
      </div>
    </div>
  );
}

function wordsFor(place: 'none' | 'memory' | 'keychain' | 'client files', file: string | null): string {
  switch (place) {
    case 'none':
      return 'Not kept';
    case 'memory':
      return 'Kept until Drover is closed';
    case 'keychain':
      return 'In the keychain';
    case 'client files':
      return `From ${file === null ? "the client's own files or variables" : file.slice(file.search(/[^/\\]+$/))}`;
  }
}
