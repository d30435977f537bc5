// Dragging on the canvas: from a source column to a target column to connect them, a target column up or down to move it.

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { doEdit } from '../mapping.ts';
import type { CanvasRows } from '../model/canvas.ts';
import { connect, moveColumn } from '../model/edits.ts';
import { byKey, keysOf } from '../model/keys.ts';
import { proposeColumn } from '../propose.ts';
import { select } from '../selection.ts';
import { ROW } from './measures.ts';

export type DragState =
  | { readonly kind: 'none' }
  /** `over` is the row of the target column below the pointer; null: none. x and y are within the field. */
  | {
      readonly kind: 'connect';
      readonly from: number;
      readonly x: number;
      readonly y: number;
      readonly over: number | null;
    }
  | { readonly kind: 'move'; readonly column: string; readonly over: number };

export interface DragProps {
  readonly table: string;
  readonly mapping: TableMapping;
  readonly rows: CanvasRows;
  readonly field: RefObject<HTMLDivElement | null>;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

interface Pressed {
  readonly x: number;
  readonly y: number;
  readonly what:
    | { readonly kind: 'connect'; readonly from: number }
    | { readonly kind: 'move'; readonly column: string };
}

/** Less than this is a click. */
const SLACK = 4;
const EDGE = 32;
const EDGE_STEP = 10;

export function useDrag({ table, mapping, rows, field, scroller }: DragProps) {
  const [state, setState] = useState<DragState>({ kind: 'none' });
  const pressed = useRef<Pressed | null>(null);
  const pointer = useRef({ x: 0, y: 0 });
  const dragging = state.kind !== 'none';

  // biome-ignore lint/correctness/useExhaustiveDependencies: while something is dragged
  useEffect(() => {
    if (!dragging) return;
    const timer = setInterval(() => scrollAtEdge(scroller.current, pointer.current.y), 16);
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop();
    };
    window.addEventListener('keydown', leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', leave);
    };
  }, [dragging, scroller]);

  function stop(): void {
    pressed.current = null;
    setState({ kind: 'none' });
  }

  function down(event: PointerEvent<HTMLDivElement>): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drag]') : null;
    if (event.button !== 0 || !row) return;
    const { drag, at = '' } = row.dataset;
    const what =
      drag === 'source' ? { kind: 'connect' as const, from: Number(at) } : { kind: 'move' as const, column: at };
    pressed.current = { x: event.clientX, y: event.clientY, what };
  }

  function move(event: PointerEvent<HTMLDivElement>): void {
    const start = pressed.current;
    if (!start || !field.current) return;
    pointer.current = { x: event.clientX, y: event.clientY };
    if (!dragging) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < SLACK) return;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const box = field.current.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const row = Math.floor(y / ROW);
    if (start.what.kind === 'connect') {
      const over = x > box.width / 2 && row >= 0 && row <= rows.targets.length ? row : null;
      setState({ kind: 'connect', from: start.what.from, x, y, over });
    } else {
      const over = Math.max(0, Math.min(rows.targets.length - 1, row));
      setState({ kind: 'move', column: start.what.column, over });
    }
  }

  function up(): void {
    if (state.kind === 'connect') drop(state.from, state.over);
    if (state.kind === 'move') {
      const end = rows.targets[state.over];
      if (end) doEdit(moveColumn({ table, column: state.column }, end.place));
    }
    stop();
  }

  function drop(from: number, over: number | null): void {
    const source = rows.sources[from];
    if (source === undefined || over === null) return;
    const end = rows.targets[over];
    if (!end) {
      if (!byKey(mapping.columns, source)) void proposeColumn(table, mapping, source);
      return;
    }
    doEdit(connect({ table, column: end.column }, source));
    const columns = mapping.columns.with(end.place, { ...end.mapping, source });
    select(table, keysOf(columns)[end.place]);
  }

  return {
    state,
    handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: stop },
  };
}

/** Near the edge the list goes on by itself. */
function scrollAtEdge(scroller: HTMLDivElement | null, y: number): void {
  if (!scroller) return;
  const box = scroller.getBoundingClientRect();
  if (y < box.top + EDGE + ROW) scroller.scrollTop -= EDGE_STEP;
  else if (y > box.bottom - EDGE) scroller.scrollTop += EDGE_STEP;
}
