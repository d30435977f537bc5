// Which tables of a published run are to be rolled back; those that keys tie to them are chosen with them.

import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { TableLine } from '../../../shared/model/report-page.ts';
import type { Backup, Returning } from '../../../shared/model/run.ts';
import { lineValues } from '../../../shared/report-values.ts';
import { engine } from '../../client/engine.ts';
import { PagedGrid, type PageQuery } from '../../ui/grid/PagedGrid.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { companions, obstacle } from './companions.ts';
import { chosenWords } from './fate-words.ts';
import { type Column, type FateKey, fateKey, returningRows, rowsThatGo } from './fates.tsx';
import classes from './recovery.module.css';

export interface ChooseTablesProps {
  readonly run: string;
  readonly tables: readonly Returning[];
  readonly backups: readonly Backup[];
  /** By the person, without those that come along. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly onError: (error: unknown) => void;
}

const ROW = 28;
const ROWS_SHOWN = 9;

export function ChooseTables(props: ChooseTablesProps): React.JSX.Element {
  const { run, tables, backups, chosen, onChange, onError } = props;
  const columns = useMemo(() => columnsFor(tables, backups, chosen, onChange), [tables, backups, chosen, onChange]);
  const [typed, setTyped] = useState('');
  const name = useDeferredValue(typed.trim());
  const fetch = useCallback(
    (query: PageQuery<FateKey>) =>
      engine.call('report.tables', { run, name, only: 'all', ...query, sort: [...query.sort] }),
    [run, name],
  );
  return (
    <>
      <div className={classes.tools}>
        {tables.length > ROWS_SHOWN ? (
          <TextInput
            aria-label="Filter tables by name"
            placeholder="Filter by name"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        ) : null}
        <span role="status">{chosenWords(chosen, tables)}</span>
      </div>
      <div className={classes.grid} style={{ height: (Math.min(tables.length, ROWS_SHOWN) + 1) * ROW + 2 }}>
        <PagedGrid
          label="Tables to roll back"
          columns={columns}
          fetch={fetch}
          keyOf={fateKey}
          onError={onError}
          empty="No table has this in its name."
        />
      </div>
    </>
  );
}

function columnsFor(
  tables: readonly Returning[],
  backups: readonly Backup[],
  chosen: ReadonlySet<string>,
  onChange: ChooseTablesProps['onChange'],
): readonly Column[] {
  const known = new Map(tables.map((each) => [each.table, each]));
  const along = companions(chosen, tables);
  const isIn = (table: string): boolean => chosen.has(table) || along.has(table);
  const isFree = (table: string): boolean => {
    const found = known.get(table);
    return found !== undefined && obstacle(found, tables) === null;
  };
  const fate = ({ target, keptAs }: TableLine): string => {
    if (!isIn(target)) return 'stays';
    return keptAs === null ? 'is removed' : 'comes back';
  };
  const because = ({ target }: TableLine): string => {
    const tie = along.get(target);
    if (tie) return `with ${tie.with}, by the foreign key ${tie.key}`;
    const found = known.get(target);
    return (found && obstacle(found, tables)) ?? '';
  };
  /** Figures of tables that stay are pale: they are what would go. */
  const ofThose = (column: Column): Column => ({
    ...column,
    cell: (table) => <span className={isIn(table.target) ? undefined : 'quiet'}>{column.cell?.(table)}</span>,
  });
  return [
    {
      id: 'chosen',
      header: 'Chosen',
      width: 72,
      sortable: false,
      value: ({ target }) => (isIn(target) ? 'chosen' : ''),
      cell: ({ target }) => (
        <Checkbox
          className={classes.check}
          aria-label={`Roll back ${target}`}
          checked={isIn(target)}
          disabled={along.has(target) || !isFree(target)}
          onChange={() => onChange(toggled(target, tables, chosen))}
        />
      ),
    },
    { id: 'target', header: 'Table', width: 184, mono: true, value: lineValues.target },
    {
      id: 'fate',
      header: 'What happens',
      width: 112,
      sortable: false,
      value: fate,
      cell: (table) =>
        isIn(table.target) ? (
          <StateMark mark={table.keptAs === null ? 'blocked' : 'undone'}>{fate(table)}</StateMark>
        ) : (
          <span className="quiet">{fate(table)}</span>
        ),
    },
    ofThose(rowsThatGo('Rows that go', 104)),
    ofThose(returningRows(backups)),
    { id: 'because', header: 'Why', width: 336, sortable: false, value: because },
  ];
}

/** One that comes along stays as long as the other is chosen. */
function toggled(table: string, tables: readonly Returning[], chosen: ReadonlySet<string>): ReadonlySet<string> {
  const others = [...chosen].filter((each) => each !== table);
  if (chosen.has(table) || companions(others, tables).has(table)) return new Set(others);
  return new Set([...chosen, table]);
}
