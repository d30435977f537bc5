// The chain of one column while it is worked on: its lines, which is open, and what is typed and not taken yet.

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Transform, TransformName } from '../../../../shared/model/transform.ts';
import { doEdit } from '../mapping.ts';
import type { ColumnAt } from '../model/edits.ts';
import { addStep, changeStep, moved, moveStep, removeStep } from './edits.ts';
import { fieldsOf } from './fields.ts';

export interface Line {
  readonly name: TransformName;
  /** null: chosen, and not whole yet; the project does not have it. */
  readonly step: Transform | null;
}

export interface Chain {
  readonly lines: readonly Line[];
  /** The place of the line whose settings are shown. */
  readonly open: number | null;
  /** The steps as they would be with what is typed. */
  readonly shown: readonly Transform[];
  add(name: TransformName): void;
  toggle(place: number): void;
  type(place: number, step: Transform | null): void;
  take(place: number, step: Transform): void;
  move(place: number, to: number): void;
  remove(place: number): void;
  focus(place: number): void;
}

export const ADD_ID = 'map-add-step';
export const lineId = (place: number) => `map-step-${place}`;

export function useChain(at: ColumnAt, steps: readonly Transform[]): Chain {
  const [open, setOpen] = useState<number | null>(null);
  const [fresh, setFresh] = useState<TransformName | null>(null);
  const [typed, setTyped] = useState<{ readonly place: number; readonly step: Transform } | null>(null);
  const wanted = useRef<number | null>(null);
  const lines = useMemo(() => {
    const whole = steps.map((step): Line => ({ name: step.do, step }));
    return fresh ? [...whole, { name: fresh, step: null }] : whole;
  }, [steps, fresh]);
  const shown = useMemo(() => {
    if (!typed || typed.place > steps.length) return steps;
    return typed.place < steps.length ? steps.with(typed.place, typed.step) : [...steps, typed.step];
  }, [steps, typed]);

  useEffect(() => {
    if (wanted.current === null) return;
    focusOn(Math.min(wanted.current, lines.length - 1));
    wanted.current = null;
  });
  // What is taken, or undone, is not typed any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the steps are others
  useEffect(() => setTyped(null), [steps]);

  return {
    lines,
    open,
    shown,
    add(name) {
      const fields = fieldsOf(name);
      const isWhole = fields.every(({ required }) => !required);
      setFresh(isWhole ? null : name);
      setOpen(fields.length > 0 ? steps.length : null);
      if (!isWhole) return;
      doEdit(addStep(at, { do: name } as Transform));
      wanted.current = steps.length;
    },
    toggle(place) {
      setOpen(open === place ? null : place);
      setTyped(null);
      if (open === place && place === steps.length) setFresh(null);
      if (open === place) wanted.current = place;
    },
    type: (place, step) => setTyped(step && { place, step }),
    take(place, step) {
      if (place === steps.length) {
        setFresh(null);
        doEdit(addStep(at, step));
      } else doEdit(changeStep(at, place, step));
    },
    move(place, to) {
      const step = steps[place];
      if (!step || moved(steps, place, to) === steps) return;
      doEdit(moveStep(at, step, place, to));
      if (open === place) setOpen(to);
      else if (open === to) setOpen(place);
      wanted.current = to;
    },
    remove(place) {
      const step = steps[place];
      if (step) doEdit(removeStep(at, step, place));
      else setFresh(null);
      setOpen(open === null || open === place ? null : open > place ? open - 1 : open);
      wanted.current = place;
    },
    focus: (place) => focusOn(Math.max(0, place)),
  };
}

/** Beyond the last line is the button that adds another. */
function focusOn(place: number): void {
  (document.getElementById(lineId(place)) ?? document.getElementById(ADD_ID))?.focus();
}
