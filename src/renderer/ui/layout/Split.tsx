// Two panes with a border that can be dragged or moved by keys; its place is remembered.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import classes from './layout.module.css';

export interface SplitProps {
  /** Under this name the border's place is kept. */
  readonly name: string;
  /** The pane whose size is set; the other takes the rest. */
  readonly sized: 'first' | 'second';
  /** Pixels. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** What the other pane needs: in a narrow frame the sized pane gives way, down to its least. */
  readonly rest?: number;
  readonly direction?: 'across' | 'down';
  /** Without a second pane (null) the first fills the frame, and stays the same when the second comes. */
  readonly children: readonly [ReactNode, ReactNode | null];
}

const KEY_STEP = 16;

export function Split({
  name,
  sized,
  initial,
  min,
  max,
  rest,
  direction = 'across',
  children,
}: SplitProps): React.JSX.Element {
  const [size, setSize] = useState(() => clamp(Number(localStorage.getItem(`split.${name}`)) || initial));
  const frame = useRef<HTMLDivElement>(null);

  function clamp(value: number): number {
    return Math.round(Math.max(min, Math.min(max, value)));
  }

  function set(value: number): void {
    const next = clamp(value);
    setSize(next);
    localStorage.setItem(`split.${name}`, String(next));
  }

  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame.current) return;
    const box = frame.current.getBoundingClientRect();
    const at = direction === 'across' ? event.clientX - box.left : event.clientY - box.top;
    const whole = direction === 'across' ? box.width : box.height;
    set(sized === 'first' ? at : whole - at);
  }

  function press(event: KeyboardEvent): void {
    const grow = sized === 'first' ? ['ArrowRight', 'ArrowDown'] : ['ArrowLeft', 'ArrowUp'];
    const shrink = sized === 'first' ? ['ArrowLeft', 'ArrowUp'] : ['ArrowRight', 'ArrowDown'];
    if (grow.includes(event.key)) set(size + KEY_STEP);
    else if (shrink.includes(event.key)) set(size - KEY_STEP);
    else return;
    event.preventDefault();
  }

  const alone = children[1] === null;
  const extent = rest === undefined ? `${size}px` : `min(${size}px, max(${min}px, 100% - ${rest}px))`;
  const sizedAs = { 'data-sized': true, style: { '--extent': extent } as React.CSSProperties };
  return (
    <div ref={frame} className={classes.split} data-direction={direction}>
      <div className={classes.pane} {...(sized === 'first' && !alone ? sizedAs : {})}>
        {children[0]}
      </div>
      {alone ? null : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a border that is moved has no element of its own */}
          <div
            role="separator"
            aria-label={`Size of ${name}`}
            aria-orientation={direction === 'across' ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            tabIndex={0}
            className={classes.border}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={press}
          />
          <div className={classes.pane} {...(sized === 'second' ? sizedAs : {})}>
            {children[1]}
          </div>
        </>
      )}
    </div>
  );
}
