// A text to be copied whole: a path, an id, a statement.

import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './state.module.css';

export interface CopyTextProps {
  readonly text: string;
  /** What it is: "the folder". */
  readonly label: string;
}

export function CopyText({ text, label }: CopyTextProps): React.JSX.Element {
  return (
    <span className={classes.copy}>
      <span className="mono">{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon
            size="sm"
            aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
            title={copied ? 'Copied' : 'Copy'}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
