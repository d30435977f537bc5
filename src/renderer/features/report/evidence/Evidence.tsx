// Counts and checksums of each table; beside them what the databases say by themselves of the chosen one.

import { Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { count, many } from '../../../../shared/format.ts';
import type { Report, TableReport } from '../../../../shared/model/report.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import classes from '../report.module.css';
import { tableName } from '../words.ts';
import { evidenceColumns } from './evidence-columns.tsx';
import { TableEvidence } from './TableEvidence.tsx';

export function Evidence({ report }: { readonly report: Report }): React.JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const table = report.tables.find((each) => keyOf(each) === chosen);
  if (report.tables.length === 0) {
    return (
      <EmptyState title="No table was compared">
        The run ended before any table was read back from the target; what went wrong is told above.
      </EmptyState>
    );
  }
  return (
    <Split name="the evidence of a table" sized="second" initial={440} min={320} max={760}>
      <Tables report={report} chosen={chosen} onChoose={setChosen} />
      {table ? <TableEvidence key={keyOf(table)} table={table} onClose={() => setChosen(null)} /> : null}
    </Split>
  );
}

const keyOf = ({ target }: TableReport): string => target;

interface TablesProps {
  readonly report: Report;
  readonly chosen: string | null;
  readonly onChoose: (table: string) => void;
}

function Tables({ report, chosen, onChoose }: TablesProps): React.JSX.Element {
  const [name, setName] = useState('');
  const [unequalOnly, setUnequalOnly] = useState(false);
  const wanted = useDeferredValue(name.trim().toLowerCase());
  const rows = useMemo(
    () =>
      report.tables.filter(
        (table) => (!unequalOnly || !table.equal) && tableName(table).toLowerCase().includes(wanted),
      ),
    [report, wanted, unequalOnly],
  );
  const unequal = report.tables.filter(({ equal }) => !equal).length;
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter}
          aria-label="Filter tables by name"
          placeholder="Filter by name"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Switch
          label={`Only those that differ (${count(unequal)})`}
          checked={unequalOnly}
          onChange={({ currentTarget }) => setUnequalOnly(currentTarget.checked)}
        />
        <span className="quiet" role="status">
          {rows.length < report.tables.length ? `${count(rows.length)} of ` : ''}
          {many(report.tables.length, 'table')}
        </span>
      </div>
      <div className={classes.rest}>
        <DataGrid
          label="Evidence by table"
          columns={evidenceColumns}
          rows={rows}
          keyOf={keyOf}
          selected={chosen}
          onSelect={(table) => onChoose(keyOf(table))}
          remember="report.tables"
          empty={unequalOnly && wanted === '' ? 'No table differs.' : 'No table has this in its name.'}
        />
      </div>
    </div>
  );
}
