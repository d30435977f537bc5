// One row of the tree-grid: a table, a column, or a column of the source that is not mapped.

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { many } from '../../../../shared/format.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import { catalogs } from '../../../client/stores/catalogs.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { OriginMark } from '../computed/OriginMark.tsx';
import { Marks } from '../Marks.tsx';
import { originText } from '../model/computed.ts';
import { feedingsIn, feedingWords } from '../model/feeds.ts';
import type { FindingsAt } from '../model/issues.ts';
import type { TableRow, TreeRow } from '../model/rows.ts';
import { limitWords, readingOf } from '../model/uses.ts';
import { select, setOpen } from '../selection.ts';
import { StepsMark } from '../steps/StepsMark.tsx';
import { FeedMark, ReadingMark, Rehearsal } from '../tables/marks.tsx';
import { NameCell, TypeCell } from './cells.tsx';
import { toggled } from './keys.ts';
import type { TreeLineProps } from './line-props.ts';
import styles from './tree.module.css';

export const TreeLine = memo(function TreeLine(props: TreeLineProps) {
  const { row, index, top, chosen, sourceType, issues } = props;
  const name = row.kind === 'table' ? row.table : `${row.table}.${row.column}`;
  const skipped = row.kind === 'unmapped' || (row.mapping.skip ?? false);
  const outside = row.kind !== 'table' && row.of.skip;
  const choose = () => select(row.table, row.kind === 'table' ? null : row.column);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={`map-row-${index}`}
      role="row"
      aria-label={name}
      aria-level={row.kind === 'table' ? 1 : 2}
      aria-expanded={row.kind === 'table' ? row.open : undefined}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-kind={row.kind}
      data-skipped={skipped || outside || undefined}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={choose}
    >
      <Box>
        {row.kind === 'table' ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${row.open ? 'Close' : 'Open'} ${row.table}`}
            className={styles.twist}
            onClick={() => setOpen(row.table, !row.open)}
          >
            {row.open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          </button>
        ) : null}
        {row.kind === 'table' ? <TableMark row={row} /> : null}
        {row.kind === 'column' && row.mapping.from ? (
          <span className={styles.sign}>
            <OriginMark from={row.mapping.from} />
          </span>
        ) : null}
        <span className={styles.source} title={name}>
          {row.kind === 'table' ? row.mapping.source : row.kind === 'column' ? row.mapping.source : row.column}
        </span>
        {row.kind === 'column' && !skipped ? <StepsMark steps={row.mapping.steps} /> : null}
      </Box>
      <Box quiet>
        {row.kind === 'table' ? (
          <span className={styles.plain}>
            {many(row.mapping.columns.length, 'column')}
            {row.mapping.limit ? <Rehearsal limited={limitWords(row.mapping.limit) ?? ''} /> : null}
          </span>
        ) : row.kind === 'column' && row.mapping.from ? (
          originText(row.mapping.from)
        ) : (
          sourceType
        )}
      </Box>
      <NameCell {...props} />
      <TypeCell {...props} />
      <Box>
        <input
          type="checkbox"
          className={styles.take}
          tabIndex={-1}
          aria-label={`Take ${name}`}
          checked={!skipped}
          onChange={() => toggled(row)}
          onClick={(event) => event.stopPropagation()}
        />
      </Box>
      <Box>{skipped || outside ? null : <Marks findings={findingsOf(row, issues)} />}</Box>
    </div>
  );
});

function TableMark({ row: { table, mapping } }: { readonly row: TableRow }): React.JSX.Element {
  const source = useFrom(catalogs, (state) => (state.source.state === 'ready' ? state.source.overview : null));
  const feeding = useFrom(projectStore, ({ project }) => (project ? feedingsIn(project.tables).get(table) : undefined));
  return (
    <>
      <ReadingMark reading={readingOf(mapping, source)} />
      {feeding ? <FeedMark words={feedingWords(feeding, table)} /> : null}
    </>
  );
}

/** A table that is closed tells what was found in all of it; an open one leaves that to its columns. */
function findingsOf(row: TreeRow, issues: FindingsAt): readonly Finding[] {
  if (row.kind === 'table') return row.open ? issues(row.mapping.source, null) : issues(row.mapping.source);
  return issues(row.of.source, row.kind === 'column' ? row.mapping.source : row.column);
}

function Box({ children, quiet = false }: { readonly children: React.ReactNode; readonly quiet?: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="gridcell" className={styles.cell} data-quiet={quiet || undefined}>
      {children}
    </div>
  );
}
