// What was decided and known when the run began: values changed by decision, and the findings of its plan.

import { useMemo, useState } from 'react';
import { many } from '../../../../shared/format.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { Report } from '../../../../shared/model/report.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { FindingNote, markOf } from '../../../ui/state/FindingNote.tsx';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import frame from '../report.module.css';
import { placeText, tableName } from '../words.ts';
import { changeColumns, changeKey } from './change-columns.ts';
import classes from './decisions.module.css';

const ROW = 28;
const ROWS_SHOWN = 6;
const rank = { blocker: 0, warning: 1, note: 2 } as const;

const findingColumns: readonly GridColumn<Finding>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: 112,
    value: ({ severity }) => rank[severity],
    cell: ({ severity }) => <StateMark mark={markOf[severity]}>{severity}</StateMark>,
  },
  { id: 'place', header: 'Where', width: 256, mono: true, value: ({ place }) => placeText(place) },
  { id: 'message', header: 'Finding', width: 640, value: ({ message }) => message },
];

const findingKey = ({ code, place, message }: Finding): string => `${code} ${placeText(place)} ${message}`;

export function Decisions({ report }: { readonly report: Report }): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const changes = useMemo(() => changesOf(report), [report]);
  const findings = useMemo(
    () => report.findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]),
    [report.findings],
  );
  const finding = findings.find((each) => findingKey(each) === chosen);
  if (changes.length === 0 && findings.length === 0) {
    return (
      <EmptyState title="Nothing had to be decided">
        The plan had no findings, and every value was stored as it was read.
      </EmptyState>
    );
  }
  return (
    <div className={frame.column}>
      {changes.length > 0 ? (
        <>
          <h3 className={classes.title}>
            Changed by decision:{' '}
            {many(
              changes.reduce((sum, { rows }) => sum + rows, 0),
              'value',
            )}
          </h3>
          <div style={{ flex: 'none', height: (Math.min(changes.length, ROWS_SHOWN) + 1) * ROW + 1 }}>
            <DataGrid label="Changed by decision" columns={changeColumns} rows={changes} keyOf={changeKey} />
          </div>
        </>
      ) : null}
      <h3 className={classes.title}>Findings of the plan, as they stood when it was carried out</h3>
      <div className={frame.rest}>
        <DataGrid
          label="Findings of the plan"
          columns={findingColumns}
          rows={findings}
          keyOf={findingKey}
          selected={chosen}
          onSelect={(each) => setChosen(findingKey(each))}
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

function changesOf({ tables }: Report) {
  return tables.flatMap((table) =>
    table.changes.filter(({ changed }) => changed).map((change) => ({ ...change, table: tableName(table) })),
  );
}
