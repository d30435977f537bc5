// Rolling back, deliberately: every table by name, what comes back and what goes; then the target's name, typed.

import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useMemo, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { many } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { Backup } from '../../../../shared/model/run.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';
import { useFrom } from '../../../client/use-from.ts';
import { PagedGrid, type PageQuery } from '../../../ui/grid/PagedGrid.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { endpoint, reporting, rollBack } from '../report-store.ts';
import { useFailure } from '../use-failure.ts';
import classes from './backups.module.css';
import { type FateKey, fateColumns, fateKey } from './fates.tsx';

export interface RollbackDialogProps {
  readonly report: ReportOverview;
  readonly onClose: () => void;
}

const ROW = 28;
const ROWS_SHOWN = 9;

export function RollbackDialog({ report, onClose }: RollbackDialogProps): React.JSX.Element {
  const rollback = useFrom(reporting, (state) => state.rollback);
  const { backups, name, error } = useTarget(report);
  const [typed, setTyped] = useState('');
  const { run } = report;
  const columns = useMemo(() => fateColumns(backups), [backups]);
  const fetch = useCallback(
    (query: PageQuery<FateKey>) =>
      engine.call('report.tables', { run, name: '', only: 'all', ...query, sort: [...query.sort] }),
    [run],
  );
  const [unread, setUnread] = useFailure();
  const tables = report.tables.count;
  const returning = report.backups.count;
  const working = rollback.state === 'working';
  const newer = rollback.state === 'failed' && changedRows(rollback.error) ? rollback.error : null;
  useEffect(() => {
    if (rollback.state === 'done') onClose();
  }, [rollback.state, onClose]);

  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (name !== null && typed === name && !working) void rollBack(report, newer !== null);
  }

  return (
    <Modal
      opened
      onClose={working ? () => undefined : onClose}
      title="Roll back to before"
      size={960}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.title ?? '' }}
    >
      <form onSubmit={confirm} className={classes.form}>
        <p>
          {returning > 0 ? `${many(returning, 'table')} of before ${returning === 1 ? 'comes' : 'come'} back` : ''}
          {returning > 0 && tables > returning ? ', and ' : ''}
          {tables > returning
            ? `${many(tables - returning, 'table')} that the run made ${tables - returning === 1 ? 'goes' : 'go'}`
            : ''}
          , all at once or not at all. Tables outside this run stay as they are.
        </p>
        <div className={classes.grid} style={{ height: (Math.min(tables, ROWS_SHOWN) + 1) * ROW + 2 }}>
          <PagedGrid
            label="What rolling back does to each table"
            columns={columns}
            fetch={fetch}
            keyOf={fateKey}
            onError={setUnread}
          />
        </div>
        {unread ? <ErrorNote error={unread} /> : null}
        {error ? <ErrorNote error={error} /> : null}
        {rollback.state === 'failed' ? <ErrorNote error={rollback.error} /> : null}
        {newer ? (
          <p>
            Newer rows are never dropped: the tables that hold them can be kept aside under another name, while those of
            before come back.
          </p>
        ) : null}
        <TextInput
          data-autofocus
          label={
            <>
              Type the name of the target database to confirm: <span className="mono">{name ?? '…'}</span>
            </>
          }
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          disabled={working}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'mono' }}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} disabled={working}>
            Leave everything as it is
          </Button>
          <Button type="submit" color="red" disabled={name === null || typed !== name || working} aria-busy={working}>
            {working ? 'Rolling back…' : newer ? 'Roll back and keep the newer rows aside' : 'Roll back to before'}
          </Button>
        </div>
        {working ? (
          <p className="quiet" role="status">
            Reading the tables again, to see whether rows were written after the run; then {many(tables, 'table')}{' '}
            {tables === 1 ? 'is' : 'are'} exchanged.
          </p>
        ) : null}
      </form>
    </Modal>
  );
}

/** What stands in the target now, and the name that a person has to type. */
function useTarget({ run, target }: ReportOverview) {
  const [backups, setBackups] = useState<readonly Backup[]>([]);
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<DroverErrorData | null>(null);
  useEffect(() => {
    const fail = (thrown: unknown) => setError(failureOf(thrown));
    engine
      .call('connect.parse', { url: target.url })
      .then(({ connection }) => setName('path' in connection ? lastPart(connection.path) : connection.database), fail);
    engine.call('run.backups', { run, target: endpoint(target.url) }).then(setBackups, fail);
  }, [run, target.url]);
  return { backups, name, error };
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** A table that is gone can't be kept aside; one that was written to can, and then the cause tells what was. */
function changedRows({ code, cause }: DroverErrorData): boolean {
  return code === 'run.changed-since' && cause !== null;
}
