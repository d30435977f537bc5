// Maps everything anew, after saying what would be decided again and how it comes back.

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { list } from '../../../../shared/format.ts';
import { failureOf } from '../../../client/failure.ts';
import { mapAutomatically, projectStore } from '../../../client/stores/project.ts';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import classes from '../map.module.css';
import { handworkOf } from '../model/handwork.ts';

export function AutoMap(): React.JSX.Element {
  const [handwork, setHandwork] = useState<readonly string[] | null>(null);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<DroverErrorData | null>(null);

  function ask(): void {
    const { project } = projectStore.getState();
    setError(null);
    if (project) setHandwork(handworkOf(project));
  }

  async function map(): Promise<void> {
    setWorking(true);
    setError(null);
    try {
      await mapAutomatically();
      setHandwork(null);
    } catch (thrown) {
      setError(failureOf(thrown));
    } finally {
      setWorking(false);
    }
  }

  return (
    <>
      <Button variant="default" onClick={ask}>
        Map automatically
      </Button>
      <Modal opened={handwork !== null} onClose={() => setHandwork(null)} title="Map everything anew?">
        <div className={classes.dialog}>
          <p>
            Tables, names and types are proposed again from both databases as they are now.
            {handwork && handwork.length > 0
              ? ` ${list(handwork, 6)} of this mapping would be lost, and so would names that you chose.`
              : ' Names that you chose would be lost.'}
          </p>
          <p className="quiet">Types that you chose stay. Undo brings this mapping back.</p>
          {error ? <ErrorNote error={error} /> : null}
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setHandwork(null)} data-autofocus>
              Keep this mapping
            </Button>
            <Button loading={working} onClick={() => void map()}>
              Map automatically
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
