// What Inspect shows before it knows a database: nothing connected yet, looking, or why it could not look.

import { Button, Loader } from '@mantine/core';
import type { Side } from '../../../shared/contract.ts';
import { type Looked, look } from '../../client/stores/catalogs.ts';
import { go } from '../../client/stores/navigation.ts';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import classes from './inspect.module.css';

export interface WaitingProps {
  readonly side: Side;
  readonly looked: Exclude<Looked, { state: 'ready' }>;
  readonly url: string;
}

export function Waiting({ side, looked, url }: WaitingProps): React.JSX.Element {
  if (url === '') {
    return (
      <EmptyState
        title={`No ${side} yet`}
        action={<Button onClick={() => go({ at: 'connect' })}>Connect the {side}</Button>}
      >
        Inspect shows the tables of a database, their sizes and how they depend on each other, and changes nothing.
      </EmptyState>
    );
  }
  if (looked.state === 'failed') {
    return (
      <div className={classes.margin}>
        <ErrorNote error={looked.error}>
          <Button size="compact-xs" variant="default" onClick={() => void look(side, true)}>
            Look again
          </Button>
        </ErrorNote>
      </div>
    );
  }
  return (
    <div className={classes.waiting} role="status">
      <Loader size={16} />
      Looking at the {side}. Only its catalogue is read.
    </div>
  );
}
