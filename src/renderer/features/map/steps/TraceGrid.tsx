// Sample values on their way: as they are read, and after each step; what a step changed is bold, what it refuses red.

import { useEffect, useRef } from 'react';
import type { Trace } from '../../../../shared/model/preview.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { ValueText } from '../ValueText.tsx';
import styles from './steps.module.css';
import type { Traced } from './use-trace.ts';

export interface TraceGridProps {
  readonly traced: Traced;
  /** The step whose settings are open: its values are scrolled to; else those of the last. */
  readonly chosen: number | null;
}

export function TraceGrid({ traced: { steps, rows }, chosen }: TraceGridProps): React.JSX.Element {
  const scroller = useRef<HTMLElement>(null);
  const seen = (chosen ?? steps.length - 1) + 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other steps are other columns
  useEffect(() => reveal(scroller.current, seen), [seen, steps]);
  if (rows.length === 0) return <p className="quiet">No row meets the filter, or the table is empty.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section ref={scroller} className={styles.trace} aria-label="Sample values, step by step" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">As read</th>
            {steps.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice
              <th key={i} scope="col" data-chosen={i === chosen || undefined}>
                <span className="quiet">{i + 1}</span> {step.do}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have no names and stay in their order
            <Row key={i} row={row} steps={steps.length} chosen={chosen} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Scrolls across alone: the fields above stay where somebody types. */
function reveal(scroller: HTMLElement | null, column: number): void {
  const cell = scroller?.querySelectorAll('th')[column];
  if (scroller && cell) scroller.scrollLeft = cell.offsetLeft + cell.offsetWidth - scroller.clientWidth;
}

interface RowProps {
  readonly row: Trace['rows'][number];
  readonly steps: number;
  readonly chosen: number | null;
}

function Row({ row: { values, refused }, steps, chosen }: RowProps): React.JSX.Element {
  return (
    <tr>
      {values.map((value, i) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: one for each step
          key={i}
          data-changed={(i > 0 && value !== values[i - 1]) || undefined}
          data-read={i === 0 || undefined}
          data-chosen={(chosen !== null && i === chosen + 1) || undefined}
          title={value ?? 'NULL'}
        >
          <ValueText text={value} />
        </td>
      ))}
      {refused ? (
        <td colSpan={steps - refused.step} className={styles.refused} title={refused.reason}>
          <StateMark mark="blocked" size={12}>
            {refused.reason}
          </StateMark>
        </td>
      ) : null}
    </tr>
  );
}
