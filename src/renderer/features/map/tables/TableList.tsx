// The tables of the mapping, each with what it means for the target and what was found.

import { useMemo } from 'react';
import type { Finding } from '../../../../shared/model/finding.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import type { GridColumn } from '../../../ui/grid/column.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { Marks } from '../Marks.tsx';
import classes from '../map.module.css';
import { doEdit, useIssues, useTarget } from '../mapping.ts';
import { skipTable } from '../model/edits.ts';
import { type Feeding, feedingsIn, feedingWords } from '../model/feeds.ts';
import { tally } from '../model/issues.ts';
import { tableRows } from '../model/rows.ts';
import { type Standing, standingOf } from '../model/standing.ts';
import { limitWords, type Reading, readingOf, readingWords } from '../model/uses.ts';
import { select, selection } from '../selection.ts';
import { AddTable } from './AddTable.tsx';
import { FeedMark, ReadingMark, Rehearsal } from './marks.tsx';
import { FILTER_ID, TableFilter } from './TableFilter.tsx';

interface Row {
  readonly table: string;
  readonly target: string;
  readonly skip: boolean;
  readonly standing: Standing;
  readonly reading: Reading;
  /** Of a rehearsal, which rows move; null: all. */
  readonly limited: string | null;
  /** Where several feed one table, which and with whom. */
  readonly feeds: string | null;
  readonly findings: readonly Finding[];
}

export function TableList(): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project);
  const typed = useFrom(selection, (state) => state.typed);
  const chosen = useFrom(selection, (state) => state.table);
  const target = useTarget();
  const source = useFrom(catalogs, (state) => (state.source.state === 'ready' ? state.source.overview : null));
  const issues = useIssues();
  const rows = useMemo(() => {
    if (!project) return [];
    const feedings = feedingsIn(project.tables);
    return tableRows(project.tables, typed).map(
      ({ table, mapping }): Row => ({
        table,
        target: mapping.target,
        skip: mapping.skip ?? false,
        standing: standingOf(mapping, project, target),
        reading: readingOf(mapping, source),
        limited: limitWords(mapping.limit),
        feeds: wordsOf(feedings.get(table), table),
        findings: issues(mapping.source),
      }),
    );
  }, [project, typed, target, source, issues]);

  function press(event: React.KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'grid') return;
    const row = rows.find(({ table }) => table === chosen);
    if (event.key === ' ' && row) {
      event.preventDefault();
      doEdit(skipTable(row.table, !row.skip));
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // The letter goes on to the field that takes the focus.
      document.getElementById(FILTER_ID)?.focus();
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the grid within
    <div className={classes.list} onKeyDown={press}>
      <TableFilter shown={rows.length} all={project?.tables.length ?? 0}>
        <AddTable />
      </TableFilter>
      <div className={classes.grow}>
        <DataGrid
          label="Tables"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          selected={chosen}
          onSelect={choose}
          remember="map.tables"
          empty={`No table has “${typed}” in its name.`}
        />
      </div>
    </div>
  );
}

const keyOf = ({ table }: Row) => table;
const choose = ({ table }: Row) => select(table);

const words: Readonly<Record<Standing, string>> = {
  skipped: 'left out',
  new: 'new',
  replaces: 'replaces',
  appends: 'appends',
  upserts: 'upserts',
  missing: 'missing',
  exists: 'exists',
  unknown: '',
};

function wordsOf(feeding: Feeding | undefined, table: string): string | null {
  return feeding ? feedingWords(feeding, table) : null;
}

function titleOf(table: string, target: string, reading: Reading): string {
  return `${table} → ${target}${reading === 'table' ? '' : `, ${readingWords[reading]}`}`;
}

/** Blocked first, then what warns. */
function urgency({ skip, findings }: Row): number {
  if (skip) return 0;
  const { blocker, warning } = tally(findings);
  return blocker * 100_000 + warning;
}

/** Where there is little room, what was found is seen before what it means for the target. */
const columns: readonly GridColumn<Row>[] = [
  {
    id: 'table',
    header: 'Table',
    value: (row) => row.table,
    cell: ({ table, target, skip, reading, feeds }) => (
      <span data-skipped={skip || undefined} className={classes.name} title={titleOf(table, target, reading)}>
        <ReadingMark reading={reading} />
        {feeds === null ? null : <FeedMark words={feeds} />}
        {table}
        {table === target ? null : <span className="quiet"> → {target}</span>}
      </span>
    ),
    mono: true,
    width: 120,
  },
  {
    id: 'findings',
    header: 'Found',
    value: urgency,
    cell: ({ skip, findings }) => (skip ? null : <Marks findings={findings} />),
    width: 80,
  },
  {
    id: 'standing',
    header: 'Target',
    value: (row) => words[row.standing],
    cell: ({ standing, limited, skip }) => (
      <span className={classes.standing}>
        <span className="quiet">{words[standing]}</span>
        {limited && !skip ? <Rehearsal limited={limited} /> : null}
      </span>
    ),
    width: 72,
  },
];
