// What was decided and known when the run began: values changed by decision, and the findings of its plan.

import { useCallback, useState } from 'react';
import { many } from '../../../../shared/format.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { ChangesQuery, FindingsQuery, ReportOverview } from '../../../../shared/model/report-page.ts';
import { findingValues, placeText } from '../../../../shared/report-values.ts';
import { engine } from '../../../client/engine.ts';
import { type PagedColumn, PagedGrid, type PageQuery } from '../../../ui/grid/PagedGrid.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { FindingNote, markOf } from '../../../ui/state/FindingNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import frame from '../report.module.css';
import { useFailure } from '../use-failure.ts';
import { changeColumns, changeKey } from './change-columns.ts';
import classes from './decisions.module.css';

type FindingKey = FindingsQuery['sort'][number]['by'];
type ChangeKey = ChangesQuery['sort'][number]['by'];

const ROW = 28;
const ROWS_SHOWN = 6;

const findingColumns: readonly PagedColumn<Finding, FindingKey>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: 112,
    value: findingValues.severity,
    cell: ({ severity }) => <StateMark mark={markOf[severity]}>{severity}</StateMark>,
  },
  { id: 'place', header: 'Where', width: 256, mono: true, value: findingValues.place },
  { id: 'message', header: 'Finding', width: 640, value: findingValues.message },
];

const findingKey = ({ code, place, message }: Finding): string => `${code} ${placeText(place)} ${message}`;

export function Decisions({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const { run, changes, findings } = report;
  const [finding, setFinding] = useState<Finding | null>(null);
  const [error, setError] = useFailure();
  const fetchChanges = useCallback(
    (query: PageQuery<ChangeKey>) => engine.call('report.changes', { run, ...query, sort: [...query.sort] }),
    [run],
  );
  const fetchFindings = useCallback(
    (query: PageQuery<FindingKey>) => engine.call('report.findings', { run, ...query, sort: [...query.sort] }),
    [run],
  );
  if (changes.count === 0 && findings === 0) {
    return (
      <EmptyState title="Nothing had to be decided">
        The plan had no findings, and every value was stored as it was read.
      </EmptyState>
    );
  }
  return (
    <div className={frame.column}>
      {error ? <ErrorNote error={error} /> : null}
      {changes.count > 0 ? (
        <>
          <h3 className={classes.title}>Changed by decision: {many(changes.values, 'value')}</h3>
          <div style={{ flex: 'none', height: (Math.min(changes.count, ROWS_SHOWN) + 1) * ROW + 1 }}>
            <PagedGrid
              label="Changed by decision"
              columns={changeColumns}
              fetch={fetchChanges}
              keyOf={changeKey}
              onError={setError}
            />
          </div>
        </>
      ) : null}
      <h3 className={classes.title}>Findings of the plan, as they stood when it was carried out</h3>
      <div className={frame.rest}>
        <PagedGrid
          label="Findings of the plan"
          columns={findingColumns}
          fetch={fetchFindings}
          keyOf={findingKey}
          selected={finding ? findingKey(finding) : null}
          onSelect={setFinding}
          onError={setError}
          remember="report.findings"
          empty="The plan had none."
        />
      </div>
      {finding ? (
        <div className={classes.chosen}>
          <FindingNote finding={finding} />
        </div>
      ) : null}
    </div>
  );
}
