// The tables of the mapping, each with what it means for the target and what was found.

import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { Project } from '../../../../shared/model/mapping.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
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
import { type FindingsAt, tally } from '../model/issues.ts';
import { type TableRow, tableRows } from '../model/rows.ts';
import { type Standing, standingOf } from '../model/standing.ts';
import { limitWords, type Reading, readingOf, readingWords } from '../model/uses.ts';
import { select, selection } from '../selection.ts';
import { AddTable } from './AddTable.tsx';
import { FeedMark, ReadingMark, Rehearsal } from './marks.tsx';
import { FILTER_ID, TableFilter } from './TableFilter.tsx';

/** What is said of a row beyond its mapping, looked up when it is drawn or sorted by: there may be thousands. */
interface Knowledge {
  readonly mode: Project['mode'];
  readonly target: Overview | null;
  readonly source: Overview | null;
  readonly issues: FindingsAt;
  /** Tables that feed one together, by source. */
  readonly feedings: ReadonlyMap<string, Feeding>;
  readonly nameWidth: number;
}

/** Pixels: names give way in a narrow list, so that one sees what was found. */
const NAME = 164;
const LEAST_NAME = 100;
/** Below it, that of the target is left to the tooltip. */
const TWO_NAMES = 132;
const FOUND = 60;

export function TableList(): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project);
  const typed = useFrom(selection, (state) => state.typed);
  const chosen = useFrom(selection, (state) => state.table);
  const target = useTarget();
  const source = useFrom(catalogs, (state) => (state.source.state === 'ready' ? state.source.overview : null));
  const issues = useIssues();
  const tables = project?.tables ?? null;
  const mode = project?.mode;
  const rows = useMemo(() => tableRows(tables ?? [], typed), [tables, typed]);
  const feedings = useMemo(() => feedingsIn(tables ?? []), [tables]);
  const { ref, width } = useElementSize();
  const nameWidth = width === 0 ? NAME : Math.max(LEAST_NAME, Math.min(NAME, Math.floor(width) - FOUND));
  const columns = useMemo(
    () => columnsOf({ mode, target, source, issues, feedings, nameWidth }),
    [mode, target, source, issues, feedings, nameWidth],
  );

  function press(event: React.KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'grid') return;
    const row = rows.find(({ table }) => table === chosen);
    if (event.key === ' ' && row) {
      event.preventDefault();
      doEdit(skipTable(row.table, !row.mapping.skip));
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // The letter goes on to the field that takes the focus.
      document.getElementById(FILTER_ID)?.focus();
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the grid within
    <div className={classes.list} onKeyDown={press}>
      <TableFilter shown={rows.length} all={tables?.length ?? 0}>
        <AddTable />
      </TableFilter>
      <div ref={ref} className={classes.grow}>
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

const keyOf = ({ table }: TableRow) => table;
const choose = ({ table }: TableRow) => select(table);

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

/** Where there is little room, what was found is seen before what it means for the target. */
function columnsOf({ mode, target, source, issues, feedings, nameWidth }: Knowledge): readonly GridColumn<TableRow>[] {
  const standing = ({ mapping }: TableRow): Standing => standingOf(mapping, { mode }, target);
  return [
    {
      id: 'table',
      header: 'Table',
      value: (row) => row.table,
      cell: (row) => (
        <Name
          row={row}
          reading={readingOf(row.mapping, source)}
          feeds={wordsOf(feedings.get(row.table), row.table)}
          alone={nameWidth < TWO_NAMES}
        />
      ),
      mono: true,
      width: nameWidth,
    },
    {
      id: 'findings',
      header: 'Found',
      value: ({ mapping }) => (mapping.skip ? 0 : urgency(issues(mapping.source))),
      cell: ({ mapping }) => (mapping.skip ? null : <Marks findings={issues(mapping.source)} />),
      width: FOUND,
    },
    {
      id: 'standing',
      header: 'Target',
      value: (row) => words[standing(row)],
      cell: (row) => <InTarget row={row} standing={standing(row)} />,
      width: 72,
    },
  ];
}

/** Blocked first, then what warns. */
function urgency(findings: readonly Finding[]): number {
  const { blocker, warning } = tally(findings);
  return blocker * 100_000 + warning;
}

interface NameProps {
  readonly row: TableRow;
  readonly reading: Reading;
  /** Where several feed one table, which and with whom. */
  readonly feeds: string | null;
  /** There is no room for the target's name. */
  readonly alone: boolean;
}

function Name({ row: { table, mapping }, reading, feeds, alone }: NameProps): React.JSX.Element {
  const { target, skip } = mapping;
  const title = `${table} → ${target}${reading === 'table' ? '' : `, ${readingWords[reading]}`}`;
  return (
    <span data-skipped={skip || undefined} className={classes.name} title={title}>
      <ReadingMark reading={reading} />
      {feeds === null ? null : <FeedMark words={feeds} />}
      <span>{table}</span>
      {alone || table === target ? null : (
        <>
          <span className={`quiet ${classes.arrow}`}> → </span>
          <span className="quiet">{target}</span>
        </>
      )}
    </span>
  );
}

function InTarget({
  row: { mapping },
  standing,
}: {
  readonly row: TableRow;
  readonly standing: Standing;
}): React.JSX.Element {
  const limited = limitWords(mapping.limit);
  return (
    <span className={classes.standing}>
      <span className="quiet">{words[standing]}</span>
      {limited && !mapping.skip ? <Rehearsal limited={limited} /> : null}
    </span>
  );
}

function wordsOf(feeding: Feeding | undefined, table: string): string | null {
  return feeding ? feedingWords(feeding, table) : null;
}
