// Rolling a published run back, deliberately: every table by name, what comes back and what goes.

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import type { Backup, RunSummary } from '../../../shared/model/run.ts';
import { targetName } from '../../../shared/run-places.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { endpoint, recovery, rollBack } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { PagedGrid, type PageQuery } from '../../ui/grid/PagedGrid.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { Confirm } from './Confirm.tsx';
import { type FateKey, fateColumns, fateKey } from './fates.tsx';
import classes from './recovery.module.css';

const ROW = 28;
const ROWS_SHOWN = 9;

export function UnpublishForm({ run: found }: { readonly run: RunSummary }): React.JSX.Element {
  const { run } = found;
  const error = useFrom(recovery, (state) => state.error);
  const { report, backups } = useFound(found);
  const columns = useMemo(() => fateColumns(backups), [backups]);
  const fetch = useCallback(
    (query: PageQuery<FateKey>) =>
      engine.call('report.tables', { run, name: '', only: 'all', ...query, sort: [...query.sort] }),
    [run],
  );
  if (report === null) {
    return error ? <ErrorNote error={error} /> : <StateMark mark="busy">Reading the report of the run.</StateMark>;
  }
  const tables = report.tables.count;
  const newer = error !== null && changedRows(error);
  return (
    <Confirm
      name={targetName(found.target)}
      act={newer ? 'Roll back and keep the newer rows aside' : 'Roll back to before'}
      acting="Reading the tables again for rows written since; then all are exchanged."
      red
      ready
      onConfirm={() => void rollBack(found, newer)}
    >
      <p>
        {fateWords(tables, report.backups.count)}, all at once or not at all. Tables outside this run stay as they are.
      </p>
      <div className={classes.grid} style={{ height: (Math.min(tables, ROWS_SHOWN) + 1) * ROW + 2 }}>
        <PagedGrid
          label="What rolling back does to each table"
          columns={columns}
          fetch={fetch}
          keyOf={fateKey}
          onError={fail}
        />
      </div>
      {newer ? (
        <p>
          Newer rows are never dropped: the tables that hold them can be kept aside under another name, while those of
          before come back.
        </p>
      ) : null}
    </Confirm>
  );
}

function fateWords(tables: number, returning: number): string {
  const going = tables - returning;
  const parts = [
    returning > 0 ? `${many(returning, 'table')} of before ${returning === 1 ? 'comes' : 'come'} back` : '',
    going > 0 ? `${many(going, 'table')} that the run made ${going === 1 ? 'goes' : 'go'}` : '',
  ];
  return parts.filter(Boolean).join(', and ');
}

/** What the run left, and what stands in the target now. */
function useFound({ run, target }: RunSummary) {
  const [report, setReport] = useState<ReportOverview | null>(null);
  const [backups, setBackups] = useState<readonly Backup[]>([]);
  useEffect(() => {
    engine.call('report.overview', { run }).then(setReport, fail);
    engine.call('run.backups', { run, target: endpoint(target) }).then(setBackups, fail);
  }, [run, target]);
  return { report, backups };
}

/** null takes it back: what the rollback itself said stays. */
function fail(thrown: unknown): void {
  if (thrown !== null) recovery.setState({ error: failureOf(thrown) });
}

/** A table that is gone can't be kept aside; one that was written to can, and then the cause tells what was. */
function changedRows({ code, cause }: DroverErrorData): boolean {
  return code === 'run.changed-since' && cause !== null;
}
