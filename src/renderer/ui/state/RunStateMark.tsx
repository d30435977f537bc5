// How a run ended, or that it goes on, as a mark and its word.

import type { RunState } from '../../../shared/model/run.ts';
import { type Mark, StateMark } from './StateMark.tsx';

const marks: Readonly<Record<RunState, Mark>> = {
  running: 'busy',
  held: 'warned',
  published: 'proved',
  rehearsed: 'proved',
  undone: 'undone',
  'rolled back': 'undone',
  refused: 'blocked',
  interrupted: 'warned',
  unknown: 'warned',
};

export function RunStateMark({ state }: { readonly state: RunState }): React.JSX.Element {
  return <StateMark mark={marks[state]}>{state.charAt(0).toUpperCase() + state.slice(1)}</StateMark>;
}
