// A column that seems to hold data about persons: why it seems so, and steps that would hide it.

import { Button, Menu } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { MaskingSuggestion } from '../../../../shared/model/column-profile.ts';
import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import { personalWords } from '../../../../shared/profile-words.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import type { ColumnAt } from '../model/edits.ts';
import { readsFrom } from '../model/uses.ts';
import { askSuggestions, useMarks } from '../personal.ts';
import { addSteps } from '../steps/edits.ts';

export interface MaskingProps {
  readonly at: ColumnAt;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
}

export function Masking({ at, mapping, of }: MaskingProps): React.JSX.Element | null {
  const table = readsFrom(of);
  const marks = useMarks(of).filter(({ column }) => column === mapping.source);
  if (table === null || mapping.from || marks.length === 0) return null;
  const hidden = (mapping.steps ?? []).some((step) => step.do === 'mask' || step.do === 'hash');
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a form
    <div role="group" aria-label="Personal data" className={classes.personal}>
      <div className={classes.wrapping}>
        <StateMark mark={hidden ? 'proved' : 'noted'}>
          {hidden ? 'Hidden: ' : 'Personal, perhaps: '}
          {personalWords(marks).join('; ')}
        </StateMark>
      </div>
      <Mask at={at} table={table} column={mapping.source} />
    </div>
  );
}

type Suggested =
  | { readonly state: 'none' | 'asking' }
  | { readonly state: 'known'; readonly suggestions: readonly MaskingSuggestion[] }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

/** What fits is known once the values were looked at. */
function Mask({ at, table, column }: { readonly at: ColumnAt; readonly table: string; readonly column: string }) {
  const [suggested, setSuggested] = useState<Suggested>({ state: 'none' });
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const { current } = leaving;
    return () => current.abort();
  }, []);

  async function ask(): Promise<void> {
    if (suggested.state === 'known' || suggested.state === 'asking') return;
    setSuggested({ state: 'asking' });
    const { signal } = leaving.current;
    const answer = await askSuggestions(table, column, signal);
    if (signal.aborted) return;
    setSuggested('error' in answer ? { state: 'failed', ...answer } : { state: 'known', ...answer });
  }

  return (
    <Menu position="bottom-end" width={304} withInitialFocusPlaceholder={false} onOpen={() => void ask()}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconEyeOff size={14} aria-hidden />}>
          Mask…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {suggested.state === 'known' && suggested.suggestions.length > 0
          ? suggested.suggestions.map(({ title, steps, note }) => (
              <Menu.Item key={title} onClick={() => doEdit(addSteps(at, steps, title))}>
                {title}
                {note ? <div className={`quiet ${classes.hint}`}>{note}</div> : null}
              </Menu.Item>
            ))
          : null}
        {suggested.state === 'known' && suggested.suggestions.length === 0 ? (
          <Menu.Item disabled>No step can hide values of this type.</Menu.Item>
        ) : null}
        {suggested.state === 'asking' ? (
          <Menu.Item disabled>
            <StateMark mark="busy">Looking at the values</StateMark>
          </Menu.Item>
        ) : null}
        {suggested.state === 'failed' ? (
          <Menu.Item closeMenuOnClick={false}>
            <ErrorNote error={suggested.error} />
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
