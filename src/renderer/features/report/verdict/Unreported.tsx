// A run without a report: what is known of it from the history and its audit log.

import { useEffect, useState } from 'react';
import type { DroverErrorData } from '../../../../shared/errors.ts';
import type { AuditEntry, RunSummary } from '../../../../shared/model/run.ts';
import { engine } from '../../../client/engine.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { moment, standing } from '../words.ts';
import classes from './verdict.module.css';

export interface UnreportedProps {
  readonly summary: RunSummary | null;
  readonly error: DroverErrorData;
}

type Entry = AuditEntry & { readonly number: number };

const columns: readonly GridColumn<Entry>[] = [
  { id: 'at', header: 'Time', width: 192, mono: true, value: ({ at }) => moment(at) },
  { id: 'step', header: 'Step', width: 96, value: ({ step }) => step },
  { id: 'state', header: 'State', width: 128, value: ({ state }) => state },
  { id: 'object', header: 'Object', width: 200, mono: true, value: ({ object }) => object ?? null },
  { id: 'detail', header: 'Detail', width: 400, value: ({ detail }) => detail },
];

const keyOf = ({ number }: Entry): string => String(number);

export function Unreported({ summary, error }: UnreportedProps): React.JSX.Element {
  const [audit, setAudit] = useState<readonly Entry[]>([]);
  const run = summary?.run ?? null;
  useEffect(() => {
    if (run === null) return;
    // The error above tells already that records are missing.
    engine.call('run.audit', { run }).then(
      (entries) => setAudit(entries.map((entry, number) => ({ ...entry, number }))),
      () => setAudit([]),
    );
  }, [run]);

  return (
    <div className={classes.page}>
      {summary ? (
        <div className={classes.verdict}>
          <StateMark mark={summary.state === 'published' ? 'warned' : 'blocked'} size={24} />
          <div className={classes.words}>
            <h2 data-selectable>{standing[summary.state]}</h2>
            <p>
              Run <span className="mono">{summary.run}</span> of {summary.project}, begun {moment(summary.startedAt)}
              {summary.step ? `; its last step was ${summary.step}` : ''}.
            </p>
          </div>
        </div>
      ) : null}
      <ErrorNote error={error} />
      {audit.length > 0 ? (
        <div className={classes.audit}>
          <DataGrid label="What the run did" columns={columns} rows={audit} keyOf={keyOf} />
        </div>
      ) : null}
    </div>
  );
}
