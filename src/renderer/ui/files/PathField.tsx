// The path of the folder that is shown, to be typed over; and the way up.

import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import classes from './files.module.css';
import { folderOf, nameOf } from './paths.ts';
import type { Folder } from './use-folder.ts';

export interface PathFieldProps {
  readonly folder: Folder | null;
  readonly onEnter: (path: string) => void;
  /** The path of a file in the folder that is shown was typed; null where files are not taken. */
  readonly onPick: ((path: string) => void) | null;
}

export function PathField({ folder, onEnter, onPick }: PathFieldProps): React.JSX.Element {
  const [text, setText] = useState('');
  const path = folder?.folder ?? '';
  useEffect(() => setText(path), [path]);

  function take(): void {
    const typed = text.trim();
    if (typed === '') return;
    const entry = folder?.entries.find((each) => each.path === typed);
    const above = folderOf(typed);
    if (entry?.kind === 'file') onPick?.(typed);
    // What ends in a name with a dot is a file: first its folder is shown.
    else if (above !== null && !entry && /.\.[^.]+$/.test(nameOf(typed))) onEnter(above);
    else onEnter(typed);
  }

  return (
    <div className={classes.path}>
      <ActionIcon
        aria-label="To the folder above"
        disabled={!folder?.parent}
        onClick={() => folder?.parent && onEnter(folder.parent)}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <TextInput
        aria-label="Folder"
        className={classes.name ?? ''}
        classNames={{ input: 'mono' }}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
    </div>
  );
}
