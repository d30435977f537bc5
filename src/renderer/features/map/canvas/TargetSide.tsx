// The right side of the canvas: the target's columns in their order, with what was found, and keys to change them.

import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo } from 'react';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { OriginMark } from '../computed/OriginMark.tsx';
import { Marks } from '../Marks.tsx';
import classes from '../map.module.css';
import { doEdit } from '../mapping.ts';
import type { CanvasRows } from '../model/canvas.ts';
import { takenOut } from '../model/computed.ts';
import { moveColumn, skipColumn } from '../model/edits.ts';
import type { FindingsAt } from '../model/issues.ts';
import { shortType } from '../model/short-type.ts';
import { select } from '../selection.ts';
import { stepOf } from '../step.ts';
import { StepsMark } from '../steps/StepsMark.tsx';
import styles from './canvas.module.css';
import { ROW } from './measures.ts';
import type { DragState } from './use-drag.ts';

export interface TargetSideProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly rows: CanvasRows;
  readonly first: number;
  readonly last: number;
  readonly column: string | null;
  readonly drag: DragState;
  readonly issues: FindingsAt;
}

/** The field of the inspector that Enter leads to. */
export const NAME_FIELD = 'map-column-name';

export function TargetSide({ table, mapping, rows, first, last, column, drag, issues }: TargetSideProps) {
  const at = rows.targets.findIndex((end) => end.column === column);
  const end = rows.targets[at];
  const over = drag.kind === 'none' ? null : drag.over;
  const reads = useMemo(() => {
    const named = Map.groupBy(rows.reads, (line) => line.column);
    return new Map([...named].map(([name, lines]) => [name, lines.map(({ from }) => rows.sources[from]).join(', ')]));
  }, [rows]);

  function press(event: KeyboardEvent): void {
    const to = stepOf(event.key, at, rows.targets.length);
    if (event.altKey && end && to !== null && event.key.startsWith('Arrow')) {
      doEdit(moveColumn({ table, column: end.column }, end.place + (event.key === 'ArrowUp' ? -1 : 1)));
    } else if (to !== null) select(table, rows.targets[to]?.column ?? null);
    else if (event.key === ' ' && end) doEdit(skipColumn({ table, column: end.column }, !end.mapping.skip));
    else if (event.key === 'Delete' && end) doEdit(takenOut({ table, column: end.column }, end.mapping));
    else if (event.key === 'Enter' || event.key === 'F2') document.getElementById(NAME_FIELD)?.focus();
    else return;
    event.preventDefault();
  }

  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={`Columns of ${mapping.target} in the target`}
      aria-activedescendant={at >= first && at <= last ? `map-target-${at}` : undefined}
      className={styles.side}
      data-end="target"
      onKeyDown={press}
    >
      {rows.targets.slice(first, last + 1).map((each, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus
        <div
          key={each.column}
          id={`map-target-${first + i}`}
          role="option"
          aria-selected={each.column === column}
          data-used={!each.mapping.skip || undefined}
          data-over={over === first + i || undefined}
          data-drop={drag.kind === 'none' ? undefined : drag.kind}
          className={styles.row}
          style={{ transform: `translateY(${(first + i) * ROW}px)` }}
          onClick={() => select(table, each.column)}
        >
          <span className={styles.port} aria-hidden />
          <span className={styles.name} data-skipped={each.mapping.skip || undefined} title={each.mapping.target}>
            <span className={styles.within}>{mapping.target}.</span>
            {each.mapping.target}
          </span>
          {reads.has(each.column) ? <span className={classes.heard}>reads {reads.get(each.column)}</span> : null}
          {each.mapping.from ? <OriginMark from={each.mapping.from} /> : null}
          {each.mapping.skip ? null : <StepsMark steps={each.mapping.steps} />}
          {each.mapping.skip ? (
            <span className={styles.type}>left out</span>
          ) : (
            <span className={styles.type} title={each.mapping.type}>
              {shortType(each.mapping.type)}
            </span>
          )}
          {each.mapping.skip ? null : <Marks findings={issues(mapping.source, each.mapping.source)} />}
          <IconGripVertical size={14} aria-hidden className={styles.grip} data-drag="target" data-at={each.column} />
        </div>
      ))}
    </div>
  );
}
