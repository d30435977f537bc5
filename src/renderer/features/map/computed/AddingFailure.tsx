// Why a column could not be added, until it is read.

import { Button } from '@mantine/core';
import { useFrom } from '../../../client/use-from.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { known } from '../known.ts';
import classes from '../map.module.css';

export function AddingFailure(): React.JSX.Element | null {
  const adding = useFrom(known, (state) => state.adding);
  if (adding?.state !== 'failed') return null;
  return (
    <div className={classes.failure}>
      <ErrorNote error={adding.error}>
        <Button size="compact-xs" variant="default" onClick={() => known.setState({ adding: null })}>
          Close
        </Button>
      </ErrorNote>
    </div>
  );
}
