// Words and figures that several parts of the report use.

import { count, duration } from '../../../shared/format.ts';
import type { Difference, Report, Verdict } from '../../../shared/model/report.ts';
import type { RunState } from '../../../shared/model/run.ts';
import type { Mark } from '../../ui/state/StateMark.tsx';

export const markOfVerdict: Readonly<Record<Verdict, Mark>> = {
  verified: 'proved',
  partial: 'warned',
  different: 'blocked',
  failed: 'blocked',
};

/** Where the target stands after a run. */
export const standing: Readonly<Record<RunState, string>> = {
  running: 'The run is under way; nothing is published yet.',
  held: 'Loaded and verified, not published: the target’s own tables stand as they did.',
  published: 'The target holds the tables of this run.',
  rehearsed: 'Rehearsed and taken back: the target stands as it did before the run.',
  undone: 'Published, then rolled back: the target stands as it did before the run.',
  'rolled back': 'Rolled back: the target stands as it did before the run.',
  refused: 'Refused before anything was touched: the target stands as it did before.',
  interrupted: 'Cut off in the middle: it can be resumed, or rolled back to before.',
  unknown: 'The target could not be asked; where it stands is not certain.',
};

export function agreeing(points: readonly { readonly equal: boolean }[]): string {
  return `${count(points.filter(({ equal }) => equal).length)} of ${count(points.length)}`;
}

/** A name that any system takes for a file. */
export function fileNamed(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, '-');
}

/** "2026-11-20 10:00:08 UTC" */
export function moment(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

export function took({ startedAt, finishedAt }: Pick<Report, 'startedAt' | 'finishedAt'>): string {
  return duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}

export function keyText({ key }: Pick<Difference, 'key'>): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}
