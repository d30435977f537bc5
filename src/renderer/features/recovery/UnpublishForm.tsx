// Rolling a published run back, deliberately: all of it or chosen tables, what comes back and what goes.

import { Radio } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { ReportOverview } from '../../../shared/model/report-page.ts';
import type { Backup, Returning, RunSummary } from '../../../shared/model/run.ts';
import { targetName } from '../../../shared/run-places.ts';
import { engine } from '../../client/engine.ts';
import { failureOf } from '../../client/failure.ts';
import { endpoint, recovery, rollBack } from '../../client/stores/recovery.ts';
import { useFrom } from '../../client/use-from.ts';
import { PagedGrid, type PageQuery } from '../../ui/grid/PagedGrid.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { ChooseTables } from './ChooseTables.tsx';
import { ConfirmDeed } from './ConfirmDeed.tsx';
import { companions } from './companions.ts';
import { fateWords } from './fate-words.ts';
import { type FateKey, fateColumns, fateKey } from './fates.tsx';
import classes from './recovery.module.css';

const ROW = 28;
const ROWS_SHOWN = 9;

const scopes = ['all', 'some'] as const;

export function UnpublishForm({ run: found }: { readonly run: RunSummary }): React.JSX.Element {
  const error = useFrom(recovery, (state) => state.error);
  const { report, backups } = useFound(found);
  const [scope, setScope] = useState<(typeof scopes)[number]>('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const tables = useReturning(found, scope === 'some');
  if (report === null) {
    return error ? <ErrorNote error={error} /> : <StateMark mark="busy">Reading the report of the run.</StateMark>;
  }
  const some = scope === 'some' ? [...chosen, ...companions(chosen, tables ?? []).keys()] : null;
  const newer = error !== null && changedRows(error);
  return (
    <ConfirmDeed
      name={targetName(found.target)}
      act={newer ? 'Roll back and keep the newer rows aside' : some ? actOn(some.length) : 'Roll back to before'}
      acting="Reading the tables again for rows written since; then all are exchanged."
      red
      ready={some === null || some.length > 0}
      onConfirm={() => void rollBack(found, newer, some)}
      wayOut={
        newer ? (
          <p>
            Newer rows are never dropped: the tables that hold them can be kept aside under another name, while those of
            before come back.
          </p>
        ) : null
      }
    >
      <Radio.Group
        aria-label="Which tables"
        value={scope}
        onChange={(value) => setScope(scopes.find((each) => each === value) ?? 'all')}
      >
        <div className={classes.scopes}>
          <Radio value="all" size="xs" label={found.takenBack.length > 0 ? 'All that still stand' : 'All tables'} />
          <Radio value="some" size="xs" label="Only some tables" />
        </div>
      </Radio.Group>
      {some === null ? (
        <Whole run={found} report={report} backups={backups} />
      ) : tables === null ? (
        <StateMark mark="busy">Asking the target which tables are tied to each other.</StateMark>
      ) : (
        <>
          <p>
            Those that foreign keys tie to a chosen one come along. The other tables of the run stay published, to be
            rolled back later or not.
          </p>
          <ChooseTables
            run={found.run}
            tables={tables}
            backups={backups}
            chosen={chosen}
            onChange={setChosen}
            onError={fail}
          />
        </>
      )}
    </ConfirmDeed>
  );
}

interface WholeProps {
  readonly run: RunSummary;
  readonly report: ReportOverview;
  readonly backups: readonly Backup[];
}

function Whole({ run: { run, takenBack }, report, backups }: WholeProps): React.JSX.Element {
  const columns = useMemo(() => fateColumns(backups, takenBack), [backups, takenBack]);
  const fetch = useCallback(
    (query: PageQuery<FateKey>) =>
      engine.call('report.tables', { run, name: '', only: 'all', ...query, sort: [...query.sort] }),
    [run],
  );
  const tables = report.tables.count;
  const returning = takenBack.length > 0 ? backups.length : report.backups.count;
  return (
    <>
      <p>
        {fateWords(tables - takenBack.length, returning)}, all at once or not at all. Tables outside this run stay as
        they are.
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
    </>
  );
}

function actOn(tables: number): string {
  return tables === 0 ? 'Roll back the chosen tables' : `Roll back ${many(tables, 'table')}`;
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

/** Asked for only once somebody wants to choose; null until the target has answered. */
function useReturning({ run, target }: RunSummary, wanted: boolean): readonly Returning[] | null {
  const [tables, setTables] = useState<readonly Returning[] | null>(null);
  useEffect(() => {
    if (wanted) engine.call('run.ties', { run, target: endpoint(target) }).then(setTables, fail);
  }, [run, target, wanted]);
  return tables;
}

/** null takes it back: what the rollback itself said stays. */
function fail(thrown: unknown): void {
  if (thrown !== null) recovery.setState({ error: failureOf(thrown) });
}

/** A table that is gone can't be kept aside; one that was written to can, and then the cause tells what was. */
function changedRows({ code, cause }: DroverErrorData): boolean {
  return code === 'run.changed-since' && cause !== null;
}
