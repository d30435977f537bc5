// Dropping what the target keeps of its earlier tables: each by name and size, then the target's name, typed.

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { many } from '../../../shared/format.ts';
import type { Backup, RunSummary } from '../../../shared/model/run.ts';
import { targetName } from '../../../shared/run-places.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { dropBackups, endpoint, putOff, recovery } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { backupColumns, backupKey, backupsInTotal } from '../../ui/recovery/backup-columns.tsx';
import confirm from '../../ui/recovery/confirm.module.css';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { ConfirmDeed } from './ConfirmDeed.tsx';
import classes from './recovery.module.css';

const ROW = 28;
const ROWS_SHOWN = 8;

export function DropBackupsForm({ run }: { readonly run: RunSummary }): React.JSX.Element {
  const backups = useBackups(run);
  const error = useFrom(recovery, (state) => state.error);
  if (backups === null) {
    return error ? (
      <ErrorNote error={error} />
    ) : (
      <StateMark mark="busy">Asking the target what it keeps of this run.</StateMark>
    );
  }
  if (backups.length === 0) {
    return (
      <div className={confirm.form}>
        <p>The target keeps no backups of this run: it replaced no table, or they were dropped already.</p>
        <div className={confirm.buttons}>
          <Button data-autofocus onClick={putOff}>
            Close
          </Button>
        </div>
      </div>
    );
  }
  return (
    <ConfirmDeed
      name={targetName(run.target)}
      act={`Drop ${many(backups.length, 'backup')}`}
      acting="Dropping them."
      leave="Keep them"
      red
      ready
      onConfirm={() => void dropBackups(run)}
    >
      <p>
        {backupsInTotal(backups)}. The space is free afterwards, and{' '}
        <strong>this run can’t be rolled back any more</strong>. The tables of the run stay as they are.
      </p>
      <div className={classes.grid} style={{ height: (Math.min(backups.length, ROWS_SHOWN) + 1) * ROW + 2 }}>
        <DataGrid label="Backups" columns={backupColumns} rows={backups} keyOf={backupKey} />
      </div>
    </ConfirmDeed>
  );
}

/** Those that stand there now; null until the target has answered. */
function useBackups({ run, target }: RunSummary): readonly Backup[] | null {
  const [backups, setBackups] = useState<readonly Backup[] | null>(null);
  useEffect(() => {
    engine
      .call('run.backups', { run, target: endpoint(target) })
      .then(setBackups, (thrown: unknown) => recovery.setState({ error: failureOf(thrown) }));
  }, [run, target]);
  return backups;
}
