// Saving a connection under a name, renaming and removing it; its password is not part of it.

import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { Side } from '../../../shared/contract.ts';
import { deskStore, saveConnections } from '../../client/stores/desk.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import classes from './connect.module.css';

export function SaveConnection({ side }: { readonly side: Side }): React.JSX.Element {
  const url = useFrom(sides, (state) => state[side].url);
  const known = useFrom(deskStore, ({ desk }) => desk?.connections.find((each) => each.url === url)?.name ?? null);
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');

  function save(): void {
    const { desk } = deskStore.getState();
    if (!desk || name.trim() === '') return;
    const others = desk.connections.filter((each) => each.url !== url && each.name !== name.trim());
    setOpened(false);
    void saveConnections([...others, { name: name.trim(), url }]);
  }

  function remove(): void {
    const { desk } = deskStore.getState();
    setOpened(false);
    if (desk) void saveConnections(desk.connections.filter((each) => each.url !== url));
  }

  const words = known === null ? `Save the connection of the ${side}` : `Rename or remove the connection ${known}`;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withinPortal position="bottom-end" shadow="none">
      <Popover.Target>
        <ActionIcon
          aria-label={words}
          title={words}
          disabled={url === ''}
          variant="default"
          onClick={() => {
            setName(known ?? '');
            setOpened(!opened);
          }}
        >
          {known === null ? <IconBookmark size={16} /> : <IconBookmarkFilled size={16} />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.save}>
          <TextInput
            label="Name of the connection"
            description="Saved without its password."
            value={name}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              save();
            }}
          />
          <Button disabled={name.trim() === ''} onClick={save}>
            {known === null ? 'Save' : 'Rename'}
          </Button>
          {known === null ? null : (
            <Button variant="default" onClick={remove}>
              Remove
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
