// Edits of a chain, each one change that can be undone, with its words.

import type { Transform } from '../../../../shared/model/transform.ts';
import { type ColumnAt, type Edit, nameOf, onColumn } from '../model/edits.ts';

type Steps = readonly Transform[];

export function addStep(at: ColumnAt, step: Transform): Edit {
  return onSteps(`Add step ${step.do} to ${nameOf(at)}`, at, (steps) => [...steps, step]);
}

/** Several at once, as `title` says them. */
export function addSteps(at: ColumnAt, added: Steps, title: string): Edit {
  return onSteps(`${title} (${nameOf(at)})`, at, (steps) => [...steps, ...added]);
}

export function changeStep(at: ColumnAt, place: number, step: Transform): Edit {
  return onSteps(`Change step ${step.do} of ${nameOf(at)}`, at, (steps) =>
    place >= steps.length || JSON.stringify(steps[place]) === JSON.stringify(step) ? steps : steps.with(place, step),
  );
}

export function removeStep(at: ColumnAt, { do: name }: Transform, place: number): Edit {
  return onSteps(`Remove step ${name} from ${nameOf(at)}`, at, (steps) => steps.toSpliced(place, 1));
}

export function moveStep(at: ColumnAt, { do: name }: Transform, from: number, to: number): Edit {
  return onSteps(`Move step ${name} of ${nameOf(at)}`, at, (steps) => moved(steps, from, to));
}

/** The list itself when there is nowhere to go. */
export function moved<T>(all: readonly T[], from: number, to: number): readonly T[] {
  if (from === to || to < 0 || to >= all.length) return all;
  return all.toSpliced(from, 1).toSpliced(to, 0, all[from]!);
}

function onSteps(what: string, at: ColumnAt, change: (steps: Steps) => Steps): Edit {
  return onColumn(what, at, (column) => {
    const before: Steps = column.steps ?? [];
    const after = change(before);
    if (after === before) return column;
    const { steps: _, ...rest } = column;
    return after.length === 0 ? rest : { ...rest, steps: [...after] };
  });
}
