// What was kept of the target when the run replaced it, with sizes, as it stands there now.

import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import { many } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import type { Backup, RunSummary } from '../../../../shared/model/run.ts';
import { engine } from '../../../client/engine.ts';
import { failureOf } from '../../../client/failure.ts';
import { endpoint } from '../../../client/stores/recovery.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { backupColumns, backupKey, backupsInTotal } from '../../../ui/recovery/backup-columns.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import classes from '../report.module.css';
import { standing } from '../words.ts';

export interface BackupsProps {
  readonly report: ReportOverview;
  readonly summary: RunSummary | null;
}

export function Backups({ report, summary }: BackupsProps): React.JSX.Element {
  const [backups, setBackups] = useState<readonly Backup[] | null>(null);
  const [error, setError] = useState<DroverErrorData | null>(null);
  const { run, target } = report;
  const published = summary?.state === 'published';
  useEffect(() => {
    if (!published) return;
    let left = false;
    engine.call('run.backups', { run, target: endpoint(target.url) }).then(
      (found) => left || setBackups(found),
      (thrown: unknown) => left || setError(failureOf(thrown)),
    );
    return () => {
      left = true;
    };
  }, [run, target, published]);

  if (!published) {
    return (
      <EmptyState title="No backups">{summary ? standing[summary.state] : 'Nothing is known of this run.'}</EmptyState>
    );
  }
  if (report.backups.count === 0) {
    return (
      <EmptyState title="The run replaced no table">
        All its tables are new in the target, so there was nothing to keep. Rolling back removes them.
      </EmptyState>
    );
  }
  if (error) {
    return (
      <div className={classes.page}>
        <ErrorNote error={error} />
      </div>
    );
  }
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <span className="quiet" role="status">
          {backups ? inTotal(backups, report.backups.count) : 'Asking the target what stands there…'}
        </span>
      </div>
      <div className={classes.rest}>
        <DataGrid
          label="Backups"
          columns={backupColumns}
          rows={backups ?? []}
          keyOf={backupKey}
          remember="report.backups"
        />
      </div>
    </div>
  );
}

/** Says so when some are gone by now. */
function inTotal(backups: readonly Backup[], made: number): string {
  const gone = made > backups.length ? `; ${many(made - backups.length, 'backup')} of this run no longer there` : '';
  return `${backupsInTotal(backups)} kept in the target${gone}.`;
}
