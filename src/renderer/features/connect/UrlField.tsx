// The whole connection as one line, to be pasted or copied. A password that comes with it is taken out at once.

import { TextInput } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import { useFrom } from '../../client/use-from.ts';
import { drafts, leaveText, setText, settle } from './drafts.ts';

export function UrlField({ side }: { readonly side: Side }): React.JSX.Element {
  const text = useFrom(drafts, (state) => state[side].text);
  const error = useFrom(drafts, (state) => state[side].error);
  return (
    <TextInput
      label="URL"
      classNames={{ input: 'mono' }}
      placeholder="postgres://user@host:5432/database, mysql://…, sqlite:/path"
      value={text}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(side, event.currentTarget.value)}
      // What was typed is in the store by then.
      onPaste={() => setTimeout(() => void settle(side))}
      onBlur={() => void leaveText(side)}
      error={error ? `${error.message}${error.hint ? ` ${error.hint}` : ''}` : null}
    />
  );
}
