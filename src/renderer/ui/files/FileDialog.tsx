// The files of the host in a dialog: type to filter, arrows to walk, Enter to go in or to take.

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { size } from '../../../shared/format.ts';
import type { FileEntry } from '../../../shared/model/desk.ts';
import { when } from '../format/moment.ts';
import type { GridColumn } from '../grid/column.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { ErrorNote } from '../state/ErrorNote.tsx';
import { FocusBack } from '../state/FocusBack.tsx';
import { StateMark } from '../state/StateMark.tsx';
import classes from './files.module.css';
import { PathField } from './PathField.tsx';
import { endsWithOneOf, join } from './paths.ts';
import type { FileRequest } from './request.ts';
import { useFolder } from './use-folder.ts';

export interface FileDialogProps {
  readonly request: FileRequest;
  readonly onPick: (path: string) => void;
  readonly onClose: () => void;
}

export function FileDialog({ request, onPick, onClose }: FileDialogProps): React.JSX.Element {
  const { title, action, kind, mode } = request;
  const { folder, error, enter } = useFolder(request.folder ?? null);
  const [filter, setFilter] = useState('');
  const [all, setAll] = useState(kind.extensions.length === 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(request.name ?? '');
  const sought = useDeferredValue(filter.trim().toLowerCase());
  const extensions = all ? none : kind.extensions;
  const entries = useMemo(
    () => (folder?.entries ?? []).filter((entry) => isShown(entry, sought, extensions)),
    [folder, sought, extensions],
  );
  const at = entries.findIndex(({ path }) => path === chosen);
  const entry = entries[at];

  // Another folder: nothing is chosen in it yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each folder
  useEffect(() => {
    setFilter('');
    setChosen(null);
  }, [folder?.folder]);

  function choose(row: FileEntry): void {
    setChosen(row.path);
    if (mode === 'save' && row.kind === 'file') setName(row.name);
  }

  function take(row: FileEntry): void {
    if (row.kind === 'folder') enter(row.path);
    else if (mode === 'open') onPick(row.path);
    else choose(row);
  }

  function confirm(): void {
    if (mode === 'save') {
      if (folder && name.trim() !== '') onPick(join(folder.folder, name.trim()));
    } else if (entry) take(entry);
  }

  function press(event: KeyboardEvent): void {
    const first = entries[0];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = entries[event.key === 'ArrowDown' ? at + 1 : at - 1] ?? entry ?? first;
      if (next) choose(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = entry ?? (sought !== '' ? first : undefined);
      if (row) take(row);
    } else if (event.key === 'Backspace' && filter === '' && folder?.parent) enter(folder.parent);
  }

  const taken = mode === 'save' && folder?.entries.some((each) => each.kind === 'file' && each.name === name.trim());
  return (
    <Modal opened onClose={onClose} title={title} size={720} classNames={{ body: classes.body ?? '' }}>
      <FocusBack />
      <PathField folder={folder} onEnter={enter} onPick={mode === 'open' ? onPick : null} />
      <div className={classes.filter}>
        <TextInput
          data-autofocus
          aria-label="Filter the files"
          placeholder="Type to filter"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={press}
        />
        {kind.extensions.length > 0 ? (
          <Checkbox
            label="All files"
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
            title={`Otherwise only: ${kind.extensions.join(', ')}`}
          />
        ) : null}
      </div>
      {error ? <ErrorNote error={error} /> : null}
      <div className={classes.list}>
        <DataGrid
          label="Files"
          columns={columns}
          rows={entries}
          keyOf={keyOf}
          selected={chosen}
          onSelect={choose}
          onOpen={take}
          empty={folder ? emptyWords(sought, all, kind.name) : 'Reading the folder…'}
        />
      </div>
      <div className={classes.foot}>
        {mode === 'save' ? (
          <TextInput
            aria-label="File name"
            className={classes.name ?? ''}
            placeholder="File name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') confirm();
            }}
          />
        ) : (
          <span className={`mono ellipsis ${classes.name}`}>{entry?.name}</span>
        )}
        {taken ? <StateMark mark="warned">This file exists</StateMark> : null}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={mode === 'save' ? name.trim() === '' : !entry} onClick={confirm}>
          {entry?.kind === 'folder' && mode === 'open' ? 'Open folder' : action}
        </Button>
      </div>
    </Modal>
  );
}

const none: readonly string[] = [];
const keyOf = ({ path }: FileEntry): string => path;

function isShown({ name, kind }: FileEntry, sought: string, extensions: readonly string[]): boolean {
  return name.toLowerCase().includes(sought) && (kind === 'folder' || endsWithOneOf(name, extensions));
}

function emptyWords(sought: string, all: boolean, kind: string): string {
  if (sought !== '') return `Nothing here is called “${sought}”.`;
  return all ? 'This folder is empty.' : `No ${kind} in this folder.`;
}

const columns: readonly GridColumn<FileEntry>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 424,
    mono: true,
    value: ({ name }) => name,
    cell: ({ name, kind }) => (
      <span className={classes.entry}>
        {kind === 'folder' ? <IconFolder size={14} aria-label="Folder" /> : <IconFile size={14} aria-label="File" />}
        <span className="ellipsis">{name}</span>
      </span>
    ),
  },
  {
    id: 'size',
    header: 'Size',
    width: 96,
    align: 'right',
    value: ({ bytes, kind }) => (kind === 'folder' ? null : bytes),
    cell: ({ bytes, kind }) => (kind === 'folder' ? '' : size(bytes)),
  },
  {
    id: 'modified',
    header: 'Modified',
    width: 160,
    value: ({ modifiedAt }) => modifiedAt,
    cell: ({ modifiedAt }) => <span className="quiet">{when(modifiedAt)}</span>,
  },
];
