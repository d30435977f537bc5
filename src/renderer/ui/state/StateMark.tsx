// A state as a mark and, where there is room, a word: never by colour alone.

import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle,
  IconLoader2,
  IconPlayerPause,
  IconRotate2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './state.module.css';

/** blocked and failed stop; warned runs with a defect; proved was compared; undone was put back. */
export type Mark = 'todo' | 'busy' | 'proved' | 'warned' | 'blocked' | 'noted' | 'paused' | 'undone';

const icons: Readonly<Record<Mark, typeof IconCircle>> = {
  todo: IconCircle,
  busy: IconLoader2,
  proved: IconCircleCheck,
  warned: IconAlertTriangle,
  blocked: IconCircleX,
  noted: IconInfoCircle,
  paused: IconPlayerPause,
  undone: IconRotate2,
};

const words: Readonly<Record<Mark, string>> = {
  todo: 'to do',
  busy: 'at work',
  proved: 'ok',
  warned: 'warning',
  blocked: 'blocked',
  noted: 'note',
  paused: 'paused',
  undone: 'undone',
};

export interface StateMarkProps {
  readonly mark: Mark;
  /** Beside the mark; absent, the mark says its word to those who hear it. */
  readonly children?: ReactNode;
  readonly size?: number;
}

export function StateMark({ mark, children, size = 14 }: StateMarkProps): React.JSX.Element {
  const Icon = icons[mark];
  return (
    <span className={classes.mark} data-mark={mark}>
      <Icon size={size} stroke={1.75} aria-hidden className={mark === 'busy' ? classes.turning : undefined} />
      <span className={children === undefined ? classes.heard : classes.words}>{children ?? words[mark]}</span>
    </span>
  );
}
