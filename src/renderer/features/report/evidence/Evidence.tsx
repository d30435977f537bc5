// Counts and checksums of each table; beside them what the databases say by themselves of the chosen one.

import { Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useState } from 'react';
import { count, many } from '../../../../shared/format.ts';
import type { ReportOverview, TableLine, TablesQuery } from '../../../../shared/model/report-page.ts';
import { PagedGrid, type PageQuery } from '../../../ui/grid/PagedGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { ErrorNote } from '../../../ui/state/ErrorNote.tsx';
import { readTables } from '../reading.ts';
import classes from '../report.module.css';
import { useFailure } from '../use-failure.ts';
import { BusinessRules } from './BusinessRules.tsx';
import own from './evidence.module.css';
import { type EvidenceKey, evidenceColumns } from './evidence-columns.tsx';
import { LeftOut } from './LeftOut.tsx';
import { TablePane } from './TablePane.tsx';

export function Evidence({ report }: { readonly report: ReportOverview }): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  if (report.tables.count === 0) {
    return report.left.length > 0 ? (
      <LeftOut left={report.left} />
    ) : (
      <EmptyState title="No table was compared">
        The run ended before any table was read back from the target; what went wrong is told above.
      </EmptyState>
    );
  }
  return (
    <div className={own.whole}>
      <LeftOut left={report.left} />
      <BusinessRules rules={report.rules} />
      <div className={own.tables}>
        <Split name="the evidence of a table" sized="second" initial={512} min={320} max={760}>
          <Tables report={report} chosen={chosen} onChoose={setChosen} />
          {chosen === null ? null : (
            <TablePane key={chosen} run={report.run} table={chosen} onClose={() => setChosen(null)} />
          )}
        </Split>
      </div>
    </div>
  );
}

const keyOf = ({ target }: TableLine): string => target;

interface TablesProps {
  readonly report: ReportOverview;
  readonly chosen: string | null;
  readonly onChoose: (table: string) => void;
}

function Tables({ report: { run, tables }, chosen, onChoose }: TablesProps): React.JSX.Element {
  const [typed, setTyped] = useState('');
  const [unequalOnly, setUnequalOnly] = useState(false);
  const [shown, setShown] = useState(tables.count);
  const [error, setError] = useFailure();
  const name = useDeferredValue(typed.trim());
  const only: TablesQuery['only'] = unequalOnly ? 'unequal' : 'all';
  const fetch = useCallback(
    (query: PageQuery<EvidenceKey>) => readTables(run, { name, only, ...query, sort: [...query.sort] }),
    [run, name, only],
  );
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label="Filter tables by name"
          placeholder="Filter by name"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Switch
          label={`Only those that differ (${count(tables.unequal)})`}
          checked={unequalOnly}
          onChange={({ currentTarget }) => setUnequalOnly(currentTarget.checked)}
        />
        <span className="quiet" role="status">
          {shown < tables.count ? `${count(shown)} of ` : ''}
          {many(tables.count, 'table')}
        </span>
      </div>
      {error ? <ErrorNote error={error} /> : null}
      <div className={classes.rest}>
        <PagedGrid
          label="Evidence by table"
          columns={evidenceColumns}
          fetch={fetch}
          keyOf={keyOf}
          selected={chosen}
          onSelect={(table) => onChoose(keyOf(table))}
          onTotal={setShown}
          onError={setError}
          remember="report.tables"
          empty={unequalOnly && name === '' ? 'No table differs.' : 'No table has this in its name.'}
        />
      </div>
    </div>
  );
}
