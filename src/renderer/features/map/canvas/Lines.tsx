// The lines between the columns: coloured and marked by the worst that was found, thick where selected.

import { memo } from 'react';
import type { Severity } from '../../../../shared/model/finding.ts';
import { type Line, linePath } from '../model/canvas.ts';
import styles from './canvas.module.css';
import { GAP, ROW } from './measures.ts';
import type { DragState } from './use-drag.ts';

export interface LinesProps {
  readonly lines: readonly Line[];
  /** Of each line, in the same order. */
  readonly severities: readonly (Severity | null)[];
  /** From columns that steps and expressions read besides: thinner, and behind the others. */
  readonly reads: readonly Line[];
  readonly column: string | null;
  readonly drag: DragState;
  readonly onSelect: (column: string) => void;
}

export const Lines = memo(function Lines({ lines, severities, reads, column, drag, onSelect }: LinesProps) {
  return (
    // Whoever does not see the lines hears of them in the lists.
    <svg className={styles.lines} width={GAP} aria-hidden>
      <title>Lines</title>
      {reads.map((line) => (
        <path
          key={`${line.column}\n${line.from}`}
          d={linePath(line.from, line.to, ROW, GAP)}
          className={styles.read}
          data-read={line.column}
          data-chosen={line.column === column || undefined}
        />
      ))}
      {lines.map((line, i) => (
        <OneLine
          key={line.column}
          line={line}
          severity={severities[i] ?? null}
          chosen={line.column === column}
          onSelect={onSelect}
        />
      ))}
      {drag.kind === 'connect' ? <Rubber drag={drag} /> : null}
    </svg>
  );
});

interface OneLineProps {
  readonly line: Line;
  readonly severity: Severity | null;
  readonly chosen: boolean;
  readonly onSelect: (column: string) => void;
}

function OneLine({ line, severity, chosen, onSelect }: OneLineProps): React.JSX.Element {
  const path = linePath(line.from, line.to, ROW, GAP);
  const middle = `translate(${GAP / 2} ${((line.from + line.to + 1) / 2) * ROW})`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the lists take the keys
    <g
      className={styles.line}
      data-line={line.column}
      data-severity={severity ?? undefined}
      data-chosen={chosen || undefined}
      onClick={() => onSelect(line.column)}
    >
      <path d={path} className={styles.reach} />
      <path d={path} className={styles.stroke} />
      {severity === 'blocker' ? (
        <path transform={middle} className={styles.sign} d="M0 -6a6 6 0 1 0 .01 0zM-2.5 -2.5l5 5M2.5 -2.5l-5 5" />
      ) : null}
      {severity === 'warning' ? (
        <path transform={middle} className={styles.sign} d="M0 -7L6.5 5h-13zM0 -2.5v3.5M0 3v.01" />
      ) : null}
    </g>
  );
}

function Rubber({ drag }: { readonly drag: Extract<DragState, { kind: 'connect' }> }): React.JSX.Element {
  const y = (drag.from + 0.5) * ROW;
  // The field begins at its left edge, the lines after the first list.
  return <path className={styles.rubber} data-rubber d={`M0 ${y}`} ref={(path) => stretch(path, drag, y)} />;
}

function stretch(path: SVGPathElement | null, drag: Extract<DragState, { kind: 'connect' }>, y: number): void {
  const lines = path?.ownerSVGElement;
  if (!path || !lines) return;
  const left = lines.getBoundingClientRect().left - (lines.parentElement?.getBoundingClientRect().left ?? 0);
  path.setAttribute('d', `M0 ${y} L${drag.x - left} ${drag.y}`);
}
