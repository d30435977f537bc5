// The chosen table as two lists of columns with lines between them: source on the left, target on the right.

import { TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { count } from '../../../../shared/format.ts';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { useFrom } from '../../../client/use-from.ts';
import { reveal } from '../../../ui/list/reveal.ts';
import { useSeen } from '../../../ui/list/use-seen.ts';
import { AddColumn } from '../computed/AddColumn.tsx';
import { AddingFailure } from '../computed/AddingFailure.tsx';
import { useSource } from '../known.ts';
import classes from '../map.module.css';
import { useIssues } from '../mapping.ts';
import { canvasRows, linesSeen, readsSeen } from '../model/canvas.ts';
import { worst } from '../model/issues.ts';
import { useMarks } from '../personal.ts';
import { select, selection } from '../selection.ts';
import styles from './canvas.module.css';
import { Heads, Notice } from './heads.tsx';
import { Lines } from './Lines.tsx';
import { ROW } from './measures.ts';
import { SourceSide } from './SourceSide.tsx';
import { TargetSide } from './TargetSide.tsx';
import { useDrag } from './use-drag.ts';

const OVER = 8;

export interface CanvasProps {
  readonly table: string;
  readonly mapping: TableMapping;
}

export function Canvas({ table, mapping }: CanvasProps): React.JSX.Element {
  const source = useSource(mapping);
  const typed = useFrom(selection, (state) => state.typedColumn);
  const column = useFrom(selection, (state) => state.column);
  const issues = useIssues();
  const marks = useMarks(mapping);
  const names = useMemo(() => source?.columns.map(({ name }) => name) ?? null, [source]);
  const rows = useMemo(() => canvasRows(mapping, names, typed), [mapping, names, typed]);
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const height = Math.max(rows.sources.length, rows.targets.length);
  const range = useSeen(scroller, { count: height, height: ROW, over: OVER });
  const drag = useDrag({ table, mapping, rows, field, scroller });

  const at = rows.targets.findIndex((end) => end.column === column);
  const from = rows.sources.indexOf(column ?? '');
  const shown = at >= 0 ? at : from;
  useEffect(() => reveal(scroller.current, shown, ROW, ROW), [shown]);

  const { first } = range;
  const last = Math.max(first, range.last - 1);
  const seen = useMemo(() => linesSeen(rows.lines, first, last), [rows.lines, first, last]);
  const reads = useMemo(() => readsSeen(rows.reads, first, last), [rows.reads, first, last]);
  const severityOf = (name: string) => worst(issues(mapping.source, name));
  // One column of the source may go to several of the target.
  const taken = mapping.columns.filter(({ skip }) => !skip);
  const moving = new Set(taken.filter(({ from }) => !from).map((each) => each.source)).size;
  const computed = taken.filter((each) => each.from).length;

  const figures = `${count(moving)} of ${count(names?.length ?? mapping.columns.length)}${
    computed > 0 ? `, ${count(computed)} computed` : ' move'
  }`;

  return (
    <div className={styles.canvas}>
      <div className={classes.filter}>
        <TextInput
          aria-label={`Filter columns of ${table}`}
          placeholder="Filter columns"
          leftSection={<IconFilter size={14} aria-hidden />}
          value={typed}
          onChange={(event) => selection.setState({ typedColumn: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') selection.setState({ typedColumn: '' });
          }}
          className={styles.typed}
        />
        <span className={`quiet ${classes.figure}`} title={figures}>
          {figures}
        </span>
        <div className={classes.gap} />
        <AddColumn table={table} mapping={mapping} />
      </div>
      <AddingFailure />
      <Notice table={table} mapping={mapping} />
      <div ref={scroller} className={styles.scroller}>
        <Heads mapping={mapping} />
        <div ref={field} className={styles.field} style={{ height: (height + 1) * ROW }} {...drag.handlers}>
          <SourceSide
            table={table}
            mapping={mapping}
            source={source}
            rows={rows}
            first={first}
            last={last}
            column={column}
            issues={issues}
            personal={marks}
          />
          <Lines
            lines={seen}
            reads={reads}
            column={column}
            drag={drag.state}
            severities={seen.map((line) => severityOf(rows.targets[line.to]?.mapping.source ?? ''))}
            onSelect={(chosen) => select(table, chosen)}
          />
          <TargetSide
            table={table}
            mapping={mapping}
            rows={rows}
            first={first}
            last={last}
            column={column}
            drag={drag.state}
            issues={issues}
          />
        </div>
      </div>
    </div>
  );
}
