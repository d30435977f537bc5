// Before there is a mapping: one sentence, and the one thing to do.

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { failureOf } from '../../client/failure.ts';
import { go } from '../../client/stores/navigation.ts';
import { mapAutomatically } from '../../client/stores/project.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import classes from './map.module.css';

export function NoProject(): React.JSX.Element {
  const ready = useFrom(sides, ({ source, target }) => source.url !== '' && target.url !== '');
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);

  async function map(): Promise<void> {
    setWorking(true);
    setError(null);
    try {
      await mapAutomatically();
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setWorking(false);
    }
  }

  return (
    <Screen title="Map">
      <EmptyState
        title="Nothing is mapped yet"
        action={
          <div className={classes.first}>
            {ready ? (
              <Button loading={working} onClick={() => void map()}>
                Map automatically
              </Button>
            ) : null}
            <Button variant={ready ? 'default' : 'filled'} onClick={() => go({ at: 'connect' })}>
              Connect
            </Button>
          </div>
        }
      >
        {ready
          ? 'Drover proposes a target table, name and type for everything in the source; then you change what you like.'
          : 'Choose a source and a target first; then Drover proposes a mapping that you can change.'}
      </EmptyState>
      {error ? (
        <div className={classes.failure}>
          <ErrorNote error={error} />
        </div>
      ) : null}
    </Screen>
  );
}
