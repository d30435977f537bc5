// One line of the settings: what it is, what it does, and what it is set to.

import type { ReactNode } from 'react';
import classes from './settings.module.css';

export interface SettingProps {
  readonly name: string;
  /** What it does. */
  readonly words: string;
  readonly children: ReactNode;
}

export function Setting({ name, words, children }: SettingProps): React.JSX.Element {
  return (
    <div className={classes.setting}>
      <div>
        <div className={classes.name}>{name}</div>
        <div className={classes.words}>{words}</div>
      </div>
      <div className={classes.value}>{children}</div>
    </div>
  );
}
