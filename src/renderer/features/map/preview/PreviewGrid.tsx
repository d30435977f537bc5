// Sample rows as a table: each column as before → after, what changes marked, what is refused marked with its reason.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { Preview, PreviewCell } from '../../../../shared/model/preview.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from '../map.module.css';
import { outcomeOf, widthsOf } from '../model/sample.ts';
import { ValueText } from '../ValueText.tsx';

export interface PreviewGridProps {
  readonly preview: Preview;
  /** The selected column's name in the target. */
  readonly chosen: string | null;
}

const CHARACTER = 7.6;
const [LEAST, MOST] = [96, 380];

export function PreviewGrid({ preview, chosen }: PreviewGridProps): React.JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const widths = useMemo(
    () => widthsOf(preview).map((width) => Math.max(LEAST, Math.min(MOST, Math.ceil(width * CHARACTER) + 24))),
    [preview],
  );
  const across = useVirtualizer({
    horizontal: true,
    count: preview.columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? LEAST,
    overscan: 3,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when a width changes
  useEffect(() => across.measure(), [widths]);
  const at = preview.columns.findIndex(({ target }) => target === chosen);
  useEffect(() => {
    if (at >= 0) across.scrollToIndex(at, { align: 'auto' });
  }, [at, across]);

  const items = across.getVirtualItems();
  const frame = { width: across.getTotalSize(), paddingLeft: items[0]?.start ?? 0 };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    <div
      ref={scroller}
      role="table"
      aria-label="Sample rows before and after"
      aria-colcount={preview.columns.length}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
      tabIndex={0}
      className={classes.sample}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: nothing to act on */}
      <div role="row" className={classes.sampleHead} style={frame}>
        {items.map((item) => {
          const column = preview.columns[item.index]!;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={item.key}
              role="columnheader"
              aria-colindex={item.index + 1}
              data-chosen={item.index === at || undefined}
              style={{ width: widths[item.index] }}
              title={column.reason ?? `${column.source} ${column.sourceType} → ${column.target} ${column.targetType}`}
            >
              <div className="mono ellipsis">{column.target}</div>
              <Outcome column={column} />
            </div>
          );
        })}
      </div>
      {preview.rows.map((row, i) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have no names and stay in their order
        <div key={i} role="row" className={classes.sampleRow} style={frame}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={item.key}
              role="cell"
              aria-colindex={item.index + 1}
              data-chosen={item.index === at || undefined}
              className={classes.sampleCell}
              style={{ width: widths[item.index] }}
            >
              <Cell cell={row[item.index]} reason={preview.columns[item.index]?.reason ?? null} />
            </div>
          ))}
        </div>
      ))}
      {preview.rows.length === 0 ? (
        <p className={`quiet ${classes.nothing}`}>No row meets the filter, or the table is empty.</p>
      ) : null}
    </div>
  );
}

function Outcome({ column }: { readonly column: Preview['columns'][number] }): React.JSX.Element {
  const outcome = outcomeOf(column);
  if (outcome === '') {
    const types = `${column.sourceType} → ${column.targetType}`;
    return <div className={`quiet ellipsis ${classes.small}`}>{types}</div>;
  }
  const worst = column.refused > 0 ? 'blocked' : column.nulled > 0 ? 'warned' : 'noted';
  return (
    <div className={classes.small}>
      <StateMark mark={worst} size={12}>
        {outcome}
      </StateMark>
    </div>
  );
}

function Cell({ cell, reason }: { readonly cell: PreviewCell | undefined; readonly reason: string | null }) {
  if (!cell) return null;
  const { before, after, state } = cell;
  switch (state) {
    case 'same':
      return (
        <span title={before ?? 'NULL'}>
          <ValueText text={before} />
        </span>
      );
    case 'changed':
    case 'nulled':
      return (
        <span title={`${before ?? 'NULL'} → ${after ?? 'NULL'}`}>
          <span className="quiet">
            <ValueText text={before} /> →{' '}
          </span>
          <mark data-state={state}>
            <ValueText text={after} />
          </mark>
        </span>
      );
    case 'refused':
      return (
        <span title={reason ?? undefined}>
          <ValueText text={before} /> <mark data-state="refused">refused</mark>
        </span>
      );
  }
}
