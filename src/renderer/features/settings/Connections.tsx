// Connections saved by name, to be removed.

import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { SavedConnection } from '../../../shared/model/desk.ts';
import { saveConnections } from '../../client/stores/desk.ts';
import classes from './settings.module.css';

export function Connections({ connections }: { readonly connections: readonly SavedConnection[] }): React.JSX.Element {
  return (
    <section aria-label="Saved connections">
      <h2>Saved connections</h2>
      {connections.length === 0 ? (
        <p className="quiet">None yet. In Connect, the bookmark beside a side's connection saves it under a name.</p>
      ) : (
        <ul className={classes.connections}>
          {connections.map(({ name, url }) => (
            <li key={name}>
              <span className="ellipsis">{name}</span>
              <span className="mono quiet ellipsis" title={url}>
                {url}
              </span>
              <ActionIcon
                size="sm"
                aria-label={`Remove ${name}`}
                title="Remove"
                onClick={() => void saveConnections(connections.filter((each) => each.name !== name))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
